/** Which elements and lists of elements of the bots the conversations reached. */
import type { Json } from "../../protocol.js";
import type { BotFile } from "../bot-file.js";
import { findPlaces } from "../json-place.js";
import { isObject, parseJson, valueAt } from "./json.js";

/** An element, or a list of elements, that no conversation reached. */
export interface Unreached {
  /** RFC 6901 pointer into the bot file */
  where: string;
  line: number;
  column: number;
  /** the element's type; of a list what it is: dialog, branch, else or fallback */
  type: string;
  /** id of the dialog that it is in; null in the settings */
  dialog: string | null;
}

export interface BotCoverage {
  bot: string;
  reached: number;
  /** all elements and lists of elements */
  total: number;
  unreached: Unreached[];
}

/** Adds up what the conversations of all files reached, bot by bot. */
export class Coverage {
  #reached = new Map<BotFile, Set<string>>();

  /** Notes what ran in the bot since this was called last. */
  note(file: BotFile): void {
    const reached = this.#reached.get(file) ?? new Set();
    this.#reached.set(file, reached);
    for (const pointer of traceOf(file)) reached.add(pointer);
  }

  /** Of every bot that was noted. */
  ofBots(): BotCoverage[] {
    return [...this.#reached].map(([file, reached]) => coverageOf(file, reached));
  }
}

function traceOf({ bot }: BotFile): string[] {
  try {
    return bot.trace();
  } catch {
    // The engine failed in this conversation: what had run is lost with it.
    return [];
  }
}

function coverageOf({ file, text, bot }: BotFile, reached: ReadonlySet<string>): BotCoverage {
  const outline = bot.outline();
  const missed = outline.filter((pointer) => !reached.has(pointer));
  const places = findPlaces(text, missed);
  const content = parseJson(text) ?? null;
  const unreached = missed.map((where) => {
    const { line, column } = places(where);
    return { where, line, column, type: typeOf(content, where), dialog: dialogOf(content, where) };
  });
  unreached.sort((a, b) => a.line - b.line || a.column - b.column);
  return { bot: file, reached: outline.length - missed.length, total: outline.length, unreached };
}

function typeOf(bot: Json, where: string): string {
  const element = valueAt(bot, where);
  if (isObject(element)) return String(element["type"]);
  const [, list = "dialog"] = /\/(branches|else|fallback)(?:\/\d+)?(?:\/elements)?$/.exec(where) ?? [];
  return list === "branches" ? "branch" : list;
}

function dialogOf(bot: Json, where: string): string | null {
  const [dialog] = /^\/dialogs\/\d+/.exec(where) ?? [];
  const id = dialog === undefined ? undefined : valueAt(bot, `${dialog}/id`);
  return typeof id === "string" ? id : null;
}

/** Per cent, cut to one decimal: 100 means everything. */
export function percentOf({ reached, total }: BotCoverage): number {
  return Math.floor((reached * 1000) / total) / 10;
}

/** Whether less than `threshold` per cent were reached. */
export function isUnder({ reached, total }: BotCoverage, threshold: number): boolean {
  return reached * 100 < threshold * total;
}
