/** Keeps a picture readable in which many lines lead to the same few nodes. */
import type { DialogGraph, GraphEdge, GraphNode } from "./dialog-graph.js";

/** More lines than these to one node are hard to follow. */
const mostLines = 6;

/**
 * The graph in which a node that is led to from many others has a line from the first of them alone. The others have a
 * little node of their own beside them that refers to it.
 */
export function withReferences({ title, nodes, edges }: DialogGraph): DialogGraph {
  const sources = nodes.map((_, index) => new Set(edges.filter(({ from, to }) => to === index && from !== to).map(({ from }) => from)));
  const all = [...nodes];
  const references = new Map<string, number>();
  const referenceTo = ({ from, to }: GraphEdge): number => {
    const key = `${from} ${to}`;
    const index = references.get(key) ?? all.push(reference(nodes[to]!)) - 1;
    references.set(key, index);
    return index;
  };
  const redirected = edges.map((edge) => {
    const [first, ...others] = sources[edge.to]!;
    const many = others.length >= mostLines && edge.from !== first && edge.from !== edge.to;
    return many ? { ...edge, to: referenceTo(edge) } : edge;
  });
  return { title, nodes: all, edges: redirected };
}

function reference({ name }: GraphNode): GraphNode {
  return { kind: "reference", id: null, name, secured: false, keywords: [], calls: [], remarks: [] };
}
