/** Where boxes and the lines between them go. */
import { Graph, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from "@dagrejs/dagre";
import { routesOf } from "./routes.js";

export interface Size { width: number; height: number }
export interface Point { x: number; y: number }
/** A rectangle by its middle. */
export interface Place extends Point, Size {}

export interface Line {
  /** indexes of boxes */
  from: number;
  to: number;
  /** the room that its label takes */
  label: Size;
}

export interface PlacedLine {
  from: number;
  to: number;
  /** where it bends, from its beginning to its end */
  points: Point[];
  label: Place;
}

export interface Layout extends Size {
  boxes: Place[];
  lines: PlacedLine[];
}

/** Lays the boxes out from the top down, along the lines. All in pixels. */
export function layoutOf(boxes: readonly Size[], lines: readonly Line[]): Layout {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 28, edgesep: 16, ranksep: 80 });
  for (const [index, { width, height }] of boxes.entries()) graph.setNode(String(index), { width, height });
  for (const [index, { from, to, label }] of lines.entries()) graph.setEdge(String(from), String(to), { ...label, labelpos: "c" }, String(index));
  layout(graph);
  const placed = boxes.map((size, index) => ({ ...size, ...pointOf(graph.node(String(index))) }));
  const { width = 0, height = 0 } = graph.graph();
  const bends = lines.map(({ from, to, label }, index) => {
    const edge = graph.edge(String(from), String(to), String(index));
    return { from, to, points: (edge.points ?? []).map(pointOf), label: { ...label, ...pointOf(edge) } };
  });
  return { width, height, boxes: placed, lines: routesOf(placed, bends) };
}

function pointOf({ x = 0, y = 0 }: { x?: number; y?: number }): Point {
  return { x, y };
}
