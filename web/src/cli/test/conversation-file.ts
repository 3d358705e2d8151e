/** A file of conversations, read and checked whole before any of it runs. */
import { dirname, resolve } from "node:path";
import { checkBot } from "../../engine.js";
import type { Json } from "../../protocol.js";
import { BadBot, type BotFile } from "../bot-file.js";
import { findPlaces } from "../json-place.js";
import { problemLines } from "../problems.js";
import { readText } from "../read-text.js";
import { Refusal } from "../refusal.js";
import { printable, type Paint } from "../terminal.js";
import { parseInstant } from "./instant.js";
import { isObject, parseJson, type JsonObject } from "./json.js";
import { anything, integer, listOf, mapOf, parsed, record, someText, text, textOrNull, type Flaw } from "./shapes.js";
import { stepShape } from "./steps.js";

export interface ConversationCase {
  name: string;
  now: number;
  page: string | null;
  language: string | null;
  seed: number;
  attributes: JsonObject;
  steps: JsonObject[];
}

export interface ConversationFile {
  file: string;
  /** the source, for the places of failures */
  text: string;
  bot: BotFile;
  conversations: ConversationCase[];
}

/** A file that cannot be run: what is wrong with it, line by line. */
export class UnusableFile extends Error {
  override readonly name = "UnusableFile";
  readonly lines: string[];
  constructor(lines: string[]) {
    super(lines.join("\n"));
    this.lines = lines;
  }
}

const instant = parsed('an instant, such as "2026-01-05T09:00:00Z"', parseInstant);
/** Of the whole file, or of one conversation in place of the file's. */
const settings = { now: instant, page: textOrNull, language: textOrNull, seed: integer(0, Number.MAX_SAFE_INTEGER), attributes: mapOf(anything) };
const conversationShape = record({ name: someText, steps: listOf(stepShape) }, settings);
const fileShape = record({ bot: text, conversations: listOf(conversationShape) }, settings);
const usual: JsonObject = { now: "2026-01-05T09:00:00Z", page: "https://site.example/", language: null, seed: 1, attributes: {} };

/**
 * Reads a file; `loadBot` gives the bot that it names, by path.
 * @throws UnusableFile when the file or its bot cannot be read or has an error.
 */
export async function readConversationFile(file: string, loadBot: (path: string) => Promise<BotFile>, paint: Paint): Promise<ConversationFile> {
  const source = await readText(file).catch(asUnusable);
  const content = parseJson(source);
  if (isObject(content) && "latchkey" in content) throw new UnusableFile([`${file}: This is a bot; look at it with "latchkey check", and name it under "bot" in a file of conversations.`]);
  const flaws = [...await syntaxFlaws(source), ...(content === undefined ? [] : fileShape(content, ""))];
  if (flaws.length > 0 || content === undefined) throw new UnusableFile(flawLines(file, source, content, flaws, paint));

  const { bot, conversations, ...ofFile } = content as JsonObject;
  if ((conversations as JsonObject[]).length === 0) throw new UnusableFile([`${file}: There is no conversation in it; add one to "conversations".`]);
  return {
    file, text: source,
    bot: await loadBot(resolve(dirname(file), String(bot))).catch(asUnusableBot(file, paint)),
    conversations: (conversations as JsonObject[]).map((conversation) => asCase({ ...usual, ...ofFile, ...conversation })),
  };
}

function asCase({ name, now, page, language, seed, attributes, steps }: JsonObject): ConversationCase {
  return {
    name: String(name), now: parseInstant(String(now)) ?? 0, page: page as string | null, language: language as string | null,
    seed: Number(seed), attributes: attributes as JsonObject, steps: steps as JsonObject[],
  };
}

/** What the engine's own reader finds in any JSON text; JavaScript's tells no place, and takes a key twice. */
async function syntaxFlaws(source: string): Promise<Flaw[]> {
  const problems = await checkBot(source);
  return problems.filter(({ code }) => code === "jsonSyntax" || code === "duplicateKey");
}

function asUnusable(error: unknown): never {
  throw error instanceof Refusal ? new UnusableFile([printable(error.message)]) : error;
}

/** What keeps the bot of `file` from being loaded, as a flaw of `file`. */
function asUnusableBot(file: string, paint: Paint) {
  const unusable = (what: string, lines: string[]) => new UnusableFile([`${printable(file)}: ${what}`, ...lines.map((line) => `  ${line}`)]);
  return (error: unknown): never => {
    if (error instanceof BadBot) throw unusable("Its bot has errors.", problemLines(error.errors, paint));
    throw error instanceof Refusal ? unusable("Its bot cannot be read.", [printable(error.message)]) : error;
  };
}

function flawLines(file: string, source: string, content: Json | undefined, flaws: Flaw[], paint: Paint): string[] {
  if (flaws.length === 0) flaws = [{ where: "", message: "This is not JSON." }];
  const places = findPlaces(source, flaws.map(({ where }) => where));
  return flaws.map(({ where, message }) => {
    const [, line = places(where).line, column = places(where).column] = /^This is not JSON at line (\d+), column (\d+)/.exec(message) ?? [];
    return `${paint("bold", `${printable(file)}:${line}:${column}`)} ${inWords(content, where)}${printable(message)}`;
  });
}

/** `in "signs in", step 3: ` */
function inWords(content: Json | undefined, where: string): string {
  const [, conversation, step] = /^\/conversations\/(\d+)(?:\/steps\/(\d+))?/.exec(where) ?? [];
  if (conversation === undefined || !isObject(content)) return "";
  const found = (content["conversations"] as Json[])[Number(conversation)];
  const name = isObject(found) && typeof found["name"] === "string" ? JSON.stringify(found["name"]) : `conversation ${Number(conversation) + 1}`;
  return `in ${printable(name)}${step === undefined ? "" : `, step ${Number(step) + 1}`}: `;
}
