/** The edges as lines with labels. */
import { xmlAttributes, xmlText } from "../xml.js";
import { round } from "./boxes.js";
import type { GraphEdge } from "./dialog-graph.js";
import { cut } from "./labels.js";
import type { Point, Size } from "./layout.js";
import { textWidth } from "./text-width.js";

const size = 12;
const lineHeight = 16;
const longestLabel = 30;
const mostLabels = 4;
/** How far from a bend its rounding begins, at most. */
const bend = 28;

export interface Label extends Size { rows: string[] }

/** The label of an edge, and the room that it takes. */
export function labelOf({ labels }: GraphEdge): Label {
  if (labels.length === 0) return { rows: [], width: 0, height: 0 };
  const rows = labels.slice(0, labels.length > mostLabels ? mostLabels - 1 : mostLabels).map((label) => cut(label, longestLabel));
  if (labels.length > mostLabels) rows.push(`or ${labels.length - rows.length} others`);
  const widest = Math.max(...rows.map((row) => textWidth(row, size)));
  return { rows, width: Math.ceil(widest) + 12, height: rows.length * lineHeight + 4 };
}

/** A line through the points, its bends rounded, with its arrow heads. */
export function drawLine({ kind }: GraphEdge, points: readonly Point[]): string {
  const heads = { "marker-end": `url(#head-${kind})`, ...(kind === "signIn" ? { "marker-start": `url(#head-${kind})` } : {}) };
  return `<path${xmlAttributes({ class: `line ${kind}`, d: pathThrough(points), ...heads })}/>`;
}

function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const parts = [`M${at(first)}`];
  for (const [index, point] of rest.entries()) {
    const before = points[index]!;
    const after = rest[index + 1];
    if (!after) parts.push(`L${at(point)}`);
    else parts.push(`L${at(towards(point, before))}`, `Q${at(point)} ${at(towards(point, after))}`);
  }
  return parts.join("");
}

/** From a bend towards its neighbour, half the way at most. */
function towards(from: Point, to: Point): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const share = distance === 0 ? 0 : Math.min(0.5, bend / distance);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`;

/** A label on what would shine through otherwise. */
export function drawLabel({ rows, width, height }: Label, { kind, labels }: GraphEdge, { x, y }: Point): string {
  if (rows.length === 0) return "";
  const top = y - height / 2;
  const texts = rows.map((row, index) => `<text${xmlAttributes({ x: round(x), y: round(top + lineHeight * index + 14) })}>${xmlText(row)}</text>`);
  const back = `<rect${xmlAttributes({ x: round(x - width / 2), y: round(top), width, height, rx: 4 })}/>`;
  return `<g class="label ${kind}"><title>${xmlText(labels.join("\nor "))}</title>${back}${texts.join("")}</g>`;
}
