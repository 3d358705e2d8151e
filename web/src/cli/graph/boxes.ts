/** The nodes as boxes with text. */
import { xmlAttributes, xmlText } from "../xml.js";
import type { GraphNode, NodeKind } from "./dialog-graph.js";
import { cut, saysMore } from "./labels.js";
import type { Point, Size } from "./layout.js";
import { textWidth } from "./text-width.js";

type Style = "name" | "id" | "kind" | "row";

interface Row { style: Style; text: string }

const fonts: Record<Style, { size: number; bold: boolean; height: number }> = {
  kind: { size: 10, bold: true, height: 15 },
  name: { size: 15, bold: true, height: 21 },
  id: { size: 12, bold: false, height: 17 },
  row: { size: 12, bold: false, height: 17 },
};
const padding = 14;
const startRadius = 9;
const lockWidth = 18;
const longestName = 40;
const longestRow = 52;
const mostKeywordRows = 3;
const mostCalls = 5;

const kindNames: Partial<Record<NodeKind, string>> = {
  default: "DEFAULT", authentication: "AUTHENTICATION", sessionExpired: "SESSION EXPIRED", fallback: "SETTINGS",
};

export interface Box extends Size { node: GraphNode; rows: Row[] }

/** The box of a node, as large as its text needs it. */
export function boxOf(node: GraphNode): Box {
  if (node.kind === "start") return { node, rows: [], width: 2 * startRadius, height: 2 * startRadius };
  if (node.kind === "reference") return referenceBox(node);
  const rows = rowsOf(node);
  const widths = rows.map(({ style, text }) => textWidth(text, fonts[style].size, fonts[style].bold) + (style === "name" && node.secured ? lockWidth : 0));
  const height = rows.reduce((sum, { style }) => sum + fonts[style].height, 0);
  return { node, rows, width: Math.ceil(Math.max(70, ...widths)) + 2 * padding, height: height + 2 * padding - 6 };
}

function referenceBox(node: GraphNode): Box {
  const text = `↗ ${cut(node.name, longestName)}`;
  return { node, rows: [{ style: "row", text }], width: Math.ceil(textWidth(text, fonts.row.size)) + 2 * padding, height: fonts.row.height + 2 * padding - 12 };
}

function rowsOf(node: GraphNode): Row[] {
  const kind = kindNames[node.kind];
  const more = node.calls.length > mostCalls ? [`and ${node.calls.length - mostCalls + 1} requests more`] : [];
  const calls = node.calls.slice(0, more.length > 0 ? mostCalls - 1 : mostCalls);
  return [
    ...(kind === undefined ? [] : [{ style: "kind" as const, text: kind }]),
    { style: "name", text: cut(node.name, longestName) },
    ...(node.id !== null && saysMore(node.id, node.name) ? [{ style: "id" as const, text: cut(node.id, longestRow) }] : []),
    ...[...keywordRows(node.keywords), ...calls.map((call) => `⇄ ${cut(call, longestRow)}`), ...more, ...node.remarks].map((text) => ({ style: "row" as const, text })),
  ];
}

/** The keywords in quotes, as many on a row as fit. */
function keywordRows(keywords: readonly string[]): string[] {
  const rows: string[] = [];
  for (const keyword of keywords.map((one) => `“${cut(one, longestRow - 4)}”`)) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + keyword.length + 2 <= longestRow) rows[rows.length - 1] = `${last}, ${keyword}`;
    else rows.push(keyword);
  }
  const left = rows.length - mostKeywordRows;
  return left > 0 ? [...rows.slice(0, mostKeywordRows), "and more keywords"] : rows;
}

/** A box as SVG, its middle at a point. */
export function drawBox({ node, rows, width, height }: Box, { x, y }: Point): string {
  const title = `<title>${xmlText(describe(node))}</title>`;
  const className = node.secured ? "secured" : node.kind;
  if (node.kind === "start") return `<g class="start">${title}<circle${xmlAttributes({ cx: round(x), cy: round(y), r: startRadius })}/></g>`;
  const frame = `<rect${xmlAttributes({ width, height, rx: isPill(node) ? round(height / 2) : 8 })}/>`;
  return `<g${xmlAttributes({ class: `node ${className}`, transform: `translate(${round(x - width / 2)} ${round(y - height / 2)})` })}>${title}${frame}${drawRows(node, rows, width)}</g>`;
}

/** The ends of the ways through the bot. */
function isPill({ kind }: GraphNode): boolean {
  return kind === "handOver" || kind === "end" || kind === "reference";
}

function drawRows(node: GraphNode, rows: readonly Row[], width: number): string {
  const centred = isPill(node);
  let bottom = node.kind === "reference" ? padding - 6 : padding - 3;
  return rows.map(({ style, text }) => {
    const { size, height } = fonts[style];
    bottom += height;
    const locked = style === "name" && node.secured;
    const x = centred ? width / 2 : padding + (locked ? lockWidth : 0);
    const y = bottom - (height - size) / 2 - size * 0.2;
    const words = `<text${xmlAttributes({ class: style, x, y: round(y), ...(centred ? { "text-anchor": "middle" } : {}) })}>${xmlText(text)}</text>`;
    return locked ? drawLock(padding, y - 11) + words : words;
  }).join("");
}

/** A padlock, 11 by 13 pixels. */
export function drawLock(x: number, y: number): string {
  return `<path class="lock"${xmlAttributes({ transform: `translate(${round(x)} ${round(y)})`, d: "M2.5 5.5V3.8a3 3 0 0 1 6 0v1.7M1.5 5.5h8a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1h-8a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1z" })}/>`;
}

/** All of a node in words, uncut. */
function describe({ kind, id, name, secured, keywords, calls, remarks }: GraphNode): string {
  if (kind === "start") return "Every session begins here";
  if (kind === "reference") return `Goes to ${name}`;
  return [
    id === null ? name : `${secured ? "Secured dialog" : "Dialog"} ${name}${id === name ? "" : ` (${id})`}`,
    ...(keywords.length > 0 ? [`Keywords: ${keywords.join(", ")}`] : []),
    ...calls.map((call) => `Request: ${call}`),
    ...remarks,
  ].join("\n");
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
