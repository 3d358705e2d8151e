/** The graph as Mermaid text. */
import type { DialogGraph, EdgeKind, GraphEdge, GraphNode, NodeKind } from "./dialog-graph.js";
import { cut, saysMore } from "./labels.js";

const longestLine = 60;
const longestLabel = 40;

const shapes: Record<NodeKind, [string, string]> = {
  standard: ["[", "]"], default: ["[", "]"], authentication: ["{{", "}}"], sessionExpired: ["[/", "/]"],
  start: ["((", "))"], fallback: [">", "]"], handOver: ["([", "])"], end: ["([", "])"], reference: ["([", "])"],
};
const securedShape = ["[[", "]]"] as const;

const arrows: Record<EdgeKind, string> = { flow: "-->", fallback: "-.->", signIn: "<-.->", implicit: "-.->" };

/** A flowchart for whatever shows Mermaid. Nothing that the bot file says can be more in it than text. */
export function mermaidOf({ title, nodes, edges }: DialogGraph): string {
  return [
    "---",
    `title: ${JSON.stringify(cut(title, longestLine))}`,
    "---",
    "flowchart TD",
    ...nodes.map((node, index) => `  n${index}${shapeOf(node)}`),
    ...edges.map((edge) => `  n${edge.from} ${arrows[edge.kind]}${labelOf(edge)} n${edge.to}`),
    ...classes(nodes),
    "",
  ].join("\n");
}

function shapeOf(node: GraphNode): string {
  const [open, close] = node.secured ? securedShape : shapes[node.kind];
  return `${open}"${linesOf(node).map((line) => quotable(line, longestLine)).join("<br/>")}"${close}`;
}

/** The text on one line, and something at least: an empty label is none to Mermaid. */
function quotable(text: string, longest: number): string {
  return escaped(cut(text, longest)) || "#160;";
}

function linesOf({ id, name, secured, keywords, calls, remarks }: GraphNode): string[] {
  return [
    `${secured ? "🔒 " : ""}${name}`,
    ...(id !== null && saysMore(id, name) ? [id] : []),
    ...(keywords.length > 0 ? [`⌨ ${keywords.join(", ")}`] : []),
    ...calls.map((call) => `⇄ ${call}`),
    ...remarks,
  ];
}

function labelOf({ labels }: GraphEdge): string {
  return labels.length === 0 ? "" : `|"${labels.map((label) => quotable(label, longestLabel)).join("<br/>")}"|`;
}

/** All but what surely means nothing to Mermaid in a quoted label, nor to the HTML, Markdown and formulas in it. */
const special = /[^\p{L}\p{N}\p{M}\p{Extended_Pictographic} .,:;!?/()[\]{}+=_'’“”„«»‚‘…–—⇄≤≥·•-]/gu;
/** What would begin a list in some versions of it. */
const listMark = /(?<=^\d+)[.)]|^[-+]/g;
/** What is an icon, a formula or a line end to it, even out of entities. A word joiner, which nobody sees, keeps it apart. */
const signMark = /(?<=\bfa\w?:)(?=fa-)|(?<=\$)(?=\$)|(?<=\\)(?=n)/g;

function escaped(text: string): string {
  const asEntity = (character: string) => `#${character.codePointAt(0)};`;
  return text.replaceAll(signMark, "\u2060").replaceAll(special, asEntity).replaceAll(listMark, asEntity);
}

function classes(nodes: readonly GraphNode[]): string[] {
  const secured = nodes.flatMap((node, index) => (node.secured ? [`n${index}`] : []));
  const authentication = nodes.flatMap((node, index) => (node.kind === "authentication" ? [`n${index}`] : []));
  return [
    ...(secured.length > 0 ? ["  classDef secured stroke:#8250df,stroke-width:2px", `  class ${secured.join(",")} secured`] : []),
    ...(authentication.length > 0 ? ["  classDef authentication stroke:#1a7f37,stroke-width:2px", `  class ${authentication.join(",")} authentication`] : []),
  ];
}
