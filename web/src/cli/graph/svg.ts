/** The graph as an SVG picture. */
import { xmlAttributes, xmlText } from "../xml.js";
import { boxOf, drawBox, drawLock, round } from "./boxes.js";
import type { DialogGraph, EdgeKind } from "./dialog-graph.js";
import { cut } from "./labels.js";
import { layoutOf } from "./layout.js";
import { drawLabel, drawLine, labelOf } from "./lines.js";
import { withReferences } from "./references.js";
import { textWidth } from "./text-width.js";

const margin = 24;
const headerHeight = 56;
const legendHeight = 62;
const longestTitle = 80;

const kinds: readonly EdgeKind[] = ["flow", "fallback", "signIn", "implicit"];

const meanings: Record<EdgeKind, string> = {
  flow: "leads to", fallback: "when nothing else fits or answers", signIn: "signs in first, and comes back", implicit: "by itself",
};

/** A picture that needs nothing besides, light or dark as whoever looks at it has it. */
export function svgOf(whole: DialogGraph): string {
  const graph = withReferences(whole);
  const boxes = graph.nodes.map(boxOf);
  const labels = graph.edges.map(labelOf);
  const layout = layoutOf(boxes, graph.edges.map(({ from, to }, index) => ({ from, to, label: labels[index]! })));
  const legend = legendOf(graph);
  const title = `${cut(graph.title, longestTitle)}: the dialogs`;
  const width = Math.ceil(Math.max(layout.width, legend.width, textWidth(title, 20, true)) + 2 * margin);
  const height = Math.ceil(layout.height + headerHeight + legendHeight + margin);
  const left = round((width - layout.width) / 2);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg"${xmlAttributes({ width, height, viewBox: `0 0 ${width} ${height}` })} role="img" aria-labelledby="title description">`,
    `<title id="title">${xmlText(title)}</title>`,
    `<desc id="description">${xmlText(describe(whole))}</desc>`,
    `<style>${style}</style>`,
    `<defs>${kinds.map(arrowHead).join("")}</defs>`,
    `<rect class="paper" width="100%" height="100%"/>`,
    `<text class="title" x="${margin}" y="38">${xmlText(title)}</text>`,
    `<g transform="translate(${left} ${headerHeight})">`,
    ...graph.edges.map((edge, index) => drawLine(edge, layout.lines[index]!.points)),
    ...boxes.map((box, index) => drawBox(box, layout.boxes[index]!)),
    ...graph.edges.map((edge, index) => drawLabel(labels[index]!, edge, layout.lines[index]!.label)),
    "</g>",
    `<g class="legend" transform="translate(${margin} ${height - legendHeight + 12})">${legend.content}</g>`,
    "</svg>",
    "",
  ].join("\n");
}

function describe({ nodes, edges }: DialogGraph): string {
  const dialogs = nodes.filter(({ id }) => id !== null);
  const names = (kind: EdgeKind) => edges.filter((edge) => edge.kind === kind)
    .map(({ from, to, labels }) => `${nodes[from]!.name} to ${nodes[to]!.name}${labels.length > 0 ? ` (${labels.join(", or ")})` : ""}`).join("; ");
  const secured = dialogs.filter((node) => node.secured).map(({ name }) => name);
  return [
    `${dialogs.length} dialogs: ${dialogs.map(({ name }) => name).join(", ")}.`,
    ...(secured.length > 0 ? [`Secured: ${secured.join(", ")}.`] : []),
    ...(names("flow") ? [`From ${names("flow")}.`] : []),
    ...(names("fallback") ? [`As a fallback from ${names("fallback")}.`] : []),
  ].join(" ");
}

function arrowHead(kind: EdgeKind): string {
  return `<marker id="head-${kind}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="head ${kind}" d="M0 1 10 5 0 9z"/></marker>`;
}

/** What the signs mean that are in this picture. */
function legendOf({ nodes, edges }: DialogGraph): { content: string; width: number } {
  const sign = (text: string) => ({ sign: `<text y="4">${text}</text>`, width: 14 });
  const line = (kind: EdgeKind) => ({ sign: drawLine({ kind, from: 0, to: 0, labels: [] }, [{ x: 0, y: 0 }, { x: 34, y: 0 }]), width: 34 });
  const entries = [
    ...kinds.map((kind) => ({ ...line(kind), text: meanings[kind], there: edges.some((edge) => edge.kind === kind) })),
    { sign: drawLock(0, -7), width: 11, text: "secured: only for who is signed in", there: nodes.some(({ secured }) => secured) },
    { ...sign("“ ”"), text: "keywords", there: nodes.some(({ keywords }) => keywords.length > 0) },
    { ...sign("⇄"), text: "asks the customer API", there: nodes.some(({ calls }) => calls.length > 0) },
    { ...sign("↗"), text: "goes there", there: nodes.some(({ kind }) => kind === "reference") },
  ].filter(({ there }) => there);
  let x = 0;
  const content = entries.map(({ sign, width, text }) => {
    const entry = `<g transform="translate(${round(x)} 20)">${sign}<text x="${width + 8}" y="4">${text}</text></g>`;
    x += width + 8 + textWidth(text, 12) + 24;
    return entry;
  });
  return { content: content.join(""), width: x };
}

const style = `
svg{--paper:#fff;--box:#f6f8fa;--frame:#8c959f;--ink:#1f2328;--soft:#59636e;--flow:#57606a;--fallback:#9a6700;--secured:#8250df;--signIn:#8250df;--authentication:#1a7f37;--implicit:#6e7781;--handOver:#0969da;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color-scheme:light dark}
@media(prefers-color-scheme:dark){svg{--paper:#0d1117;--box:#161b22;--frame:#6e7681;--ink:#f0f6fc;--soft:#9198a1;--flow:#9198a1;--fallback:#d29922;--secured:#ab7df8;--signIn:#ab7df8;--authentication:#3fb950;--implicit:#8b949e;--handOver:#4493f8}}
.paper{fill:var(--paper)}
text{fill:var(--ink);font-size:12px}
.title{font-size:20px;font-weight:600}
.name{font-size:15px;font-weight:600}
.kind{font-size:10px;font-weight:600;letter-spacing:.04em;fill:var(--soft)}
.id,.row{fill:var(--soft)}
.node rect{fill:var(--box);stroke:var(--frame);stroke-width:1.2}
.secured rect{stroke:var(--secured);stroke-width:2}
.authentication rect{stroke:var(--authentication);stroke-width:2}
.authentication .kind{fill:var(--authentication)}
.handOver rect{stroke:var(--handOver);stroke-width:2}
.fallback rect,.sessionExpired rect{stroke-dasharray:5 4}
.reference rect{stroke-dasharray:2 2;fill:none}
.reference text{font-size:12px;font-weight:400;fill:var(--soft)}
.start circle{fill:var(--ink)}
.lock{fill:none;stroke:var(--secured);stroke-width:1.6}
.line{fill:none;stroke:var(--flow);stroke-width:1.5}
.line.fallback{stroke:var(--fallback);stroke-dasharray:6 4}
.line.signIn{stroke:var(--signIn);stroke-dasharray:1.5 4;stroke-linecap:round;stroke-width:2}
.line.implicit{stroke:var(--implicit);stroke-dasharray:2 3}
.head{fill:var(--flow)}.head.fallback{fill:var(--fallback)}.head.signIn{fill:var(--signIn)}.head.implicit{fill:var(--implicit)}
.label rect{fill:var(--paper)}
.label text{text-anchor:middle}
.label.fallback text{fill:var(--fallback)}.label.signIn text{fill:var(--signIn)}
.legend text{fill:var(--soft)}
`.trim().replaceAll("\n", "");
