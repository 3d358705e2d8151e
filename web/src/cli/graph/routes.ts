/**
 * Leads the lines of a layered layout around everything that lies in a layer: straight down through it, aslant only in
 * the empty room between two layers. Lines that meet at a box each get a place of their own on its edge.
 */
import type { Place, PlacedLine, Point } from "./layout.js";

/** The room that a layer takes, from the top down. */
interface Layer { middle: number; top: number; bottom: number }

/** Between two lines at the edge of a box, at most; the edge's ends stay free. */
const portDistance = 26;
const portMargin = 14;
/** How far above its middle a loop leaves a box, and below it comes back. */
const loopHeight = 12;
/** Between the loops of one box. */
const loopDistance = 8;
/** A line goes straight that far before a box and after it. */
const straight = 12;

/** `lines` come with a point for each layer that they pass. */
export function routesOf(boxes: readonly Place[], lines: readonly PlacedLine[]): PlacedLine[] {
  const labels = lines.filter(({ from, to }) => from !== to).map(({ label }) => label);
  const layers = layersOf([...boxes.map((box) => ({ ...box, height: box.height + 2 * straight })), ...labels]);
  const ports = portsOf(boxes, lines);
  return lines.map((line, index) => {
    if (line.from === line.to) return { ...line, points: loopAt(boxes[line.from]!, line, lines) };
    const [first, last] = ports[index]!;
    const down = first!.y < last!.y;
    const passed = line.points.slice(1, -1).flatMap((point) => through(layerAt(layers, point.y), point, down));
    const leaving = edgeOf(layerAt(layers, boxes[line.from]!.y), first!, down);
    const arriving = edgeOf(layerAt(layers, boxes[line.to]!.y), last!, !down);
    return { ...line, points: [first!, leaving, ...passed, arriving, last!] };
  });
}

function layersOf(places: readonly Place[]): Layer[] {
  const layers: Layer[] = [];
  for (const { y, height } of places) {
    let layer = layerAt(layers, y);
    if (!layer) layers.push(layer = { middle: y, top: y, bottom: y });
    layer.top = Math.min(layer.top, y - height / 2);
    layer.bottom = Math.max(layer.bottom, y + height / 2);
  }
  return layers;
}

function layerAt(layers: readonly Layer[], y: number): Layer | undefined {
  return layers.find(({ middle }) => Math.abs(middle - y) < 1);
}

function through(layer: Layer | undefined, point: Point, down: boolean): Point[] {
  if (!layer) return [point];
  const ends = [{ x: point.x, y: layer.top }, { x: point.x, y: layer.bottom }];
  return down ? ends : ends.reverse();
}

/** Where the line through `port` crosses the layer's bottom, or its top. */
function edgeOf(layer: Layer | undefined, port: Point, bottom: boolean): Point {
  return { x: port.x, y: (bottom ? layer?.bottom : layer?.top) ?? port.y };
}

interface Port { line: number; end: 0 | 1; /** where the line comes from, or goes to */ x: number }

/** Of every line its first and its last point: on the bottom edge of the upper box and the top edge of the lower. */
function portsOf(boxes: readonly Place[], lines: readonly PlacedLine[]): Point[][] {
  const edges = new Map<string, { box: Place; bottom: boolean; ports: Port[] }>();
  for (const [index, { from, to, points }] of lines.entries()) {
    if (from === to) continue;
    const down = boxes[from]!.y < boxes[to]!.y;
    for (const [end, box, next] of [[0, from, points[1]], [1, to, points.at(-2)]] as const) {
      const bottom = down === (end === 0);
      const key = `${box} ${bottom}`;
      if (!edges.has(key)) edges.set(key, { box: boxes[box]!, bottom, ports: [] });
      edges.get(key)!.ports.push({ line: index, end, x: next?.x ?? boxes[box]!.x });
    }
  }
  const places: Point[][] = lines.map(() => []);
  for (const { box, bottom, ports } of edges.values()) {
    ports.sort((a, b) => a.x - b.x);
    const distance = Math.min(portDistance, (box.width - 2 * portMargin) / Math.max(1, ports.length - 1));
    for (const [index, { line, end }] of ports.entries()) {
      const x = box.x + (index - (ports.length - 1) / 2) * distance;
      places[line]![end] = { x, y: box.y + (bottom ? box.height : -box.height) / 2 };
    }
  }
  return places;
}

/** Out of the right edge of a box, around its loops that lie within, through its label, and back. */
function loopAt(box: Place, line: PlacedLine, lines: readonly PlacedLine[]): Point[] {
  const { label, from } = line;
  const loops = lines.filter((other) => other.from === from && other.to === from);
  const within = loops.filter((other) => other.label.x < label.x);
  const heights = [...within, line].map((loop) => Math.max(loopHeight, loop.label.height / 2 + 6));
  const height = Math.max(...heights) + within.length * loopDistance;
  const foot = Math.min(height, box.height / 2 - (loops.length - within.length) * loopDistance);
  const right = box.x + box.width / 2;
  return [
    { x: right, y: box.y - foot }, { x: label.x, y: box.y - height }, { x: label.x, y: box.y + height }, { x: right, y: box.y + foot },
  ];
}
