/** The steps that look at what came. */
import type { Json, Message } from "../../protocol.js";
import { differences } from "./difference.js";
import { parseInstant } from "./instant.js";
import { isObject, sameJson, type JsonObject } from "./json.js";
import { Mismatch } from "./mismatch.js";
import { anyObject, flag, listOf, oneOf, pattern, text, textOrNull, truth, type Shape } from "./shapes.js";
import { stepKind, type StepKind } from "./step-kind.js";
import type { Page, TestHost } from "./test-host.js";

const messageShape: Shape = (value, where) => {
  if (typeof value === "string") return [];
  if (!isObject(value)) return [{ where, message: "This must be a text, or an object with fields of the message." }];
  return value["matches"] === undefined ? [] : pattern(value["matches"], `${where}/matches`);
};

export const expectingSteps: Record<string, StepKind> = {
  bot: stepKind(messageShape, bot),
  options: stepKind<string[]>(listOf(text), ({ buttons }, expected) => compare("the buttons on offer are others", expected, buttons.map(({ label }) => label))),
  attribute: stepKind(anyObject, attribute, { optional: { masked: flag } }),
  authenticated: stepKind(flag, authenticated),
  subject: stepKind(textOrNull, ({ status }, expected) => compare("somebody else is signed in", expected, status.subject)),
  dialog: stepKind(textOrNull, ({ status }, expected) => compare("the conversation is in another dialog", expected, status.dialog)),
  awaiting: stepKind(oneOf("answer", "response", "delay", "nothing", "closed"),
    ({ status }, expected) => compare("the bot waits for something else", expected, status.awaiting)),
  emits: stepKind(anyObject, emits),
  handOver: stepKind(anyObject, handOver),
  echo: stepKind(text, ({ page }, expected) => compare("the user's message shows otherwise", expected, page.echo)),
  report: stepKind(text, report),
  rejected: stepKind<JsonObject>(anyObject, (host, event) => host.expectRejected({ now: host.now, ...event })),
  quiet: stepKind(truth, ({ page }) => expectQuiet(page)),
};

/** Fails when a message of the bot waits to be matched. */
export function expectQuiet({ messages }: Page): void {
  if (messages[0]) throw new Mismatch("the bot says more than was expected", undefined, shown(messages[0]));
}

function compare(otherwise: string, expected: Json, came: Json | undefined): void {
  if (!sameJson(expected, came)) throw new Mismatch(otherwise, expected, came);
}

/** A plain text as its text alone, everything else whole. */
function shown(message: Message): Json {
  return message.kind === "text" ? message.text : message as unknown as JsonObject;
}

function bot({ page }: TestHost, expected: string | JsonObject): void {
  const message = page.messages.shift();
  if (!message) throw new Mismatch("the bot says nothing more", expected);
  if (typeof expected === "string") {
    if (message.kind !== "text" || message.text !== expected) throw new Mismatch("the bot says something else", expected, shown(message));
    return;
  }
  const { matches, ...fields } = expected;
  const otherwise = matches !== undefined && !(message.kind === "text" && new RegExp(String(matches), "u").test(message.text));
  const came = message as unknown as JsonObject;
  if (otherwise || differences(fields, came, "atLeast").length > 0) throw new Mismatch("the bot says something else", expected, came, "atLeast");
}

const instants = new Set(["now", "authenticatedAt", "authenticationExpiresAt"]);

function attribute(host: TestHost, expected: JsonObject, { masked }: JsonObject): void {
  const attributes = host.attributes;
  for (const [name, value] of Object.entries(expected)) {
    const held = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (!held) throw new Mismatch(`there is no attribute "${name}"`, value);
    // What nothing masks may be given as it is, too.
    const came = masked && !(sameJson(value, held.value) && !held.masked.startsWith("••••")) ? held.masked : held.value;
    if (!sameJson(value, came) && !sameInstant(name, value, came)) throw new Mismatch(`the attribute "${name}" has another value`, value, came);
  }
}

/** An instant prints with or without its zero milliseconds. */
function sameInstant(name: string, expected: Json, came: Json): boolean {
  if (!instants.has(name) || typeof expected !== "string" || typeof came !== "string") return false;
  const instant = parseInstant(expected);
  return instant !== null && instant === parseInstant(came);
}

function authenticated({ status, attributes }: TestHost, expected: boolean): void {
  compare(expected ? "the user is not authenticated" : "the user is authenticated", expected, status.authenticated);
  compare('the attribute "authenticated" has another value', expected, attributes["authenticated"]?.value);
}

function emits({ page }: TestHost, expected: JsonObject): void {
  const came = page.emitted.shift();
  if (!came) throw new Mismatch("the bot emits no event", expected);
  expectAtLeast("the bot emits another event", expected, { ...came });
}

/** Compares the data that is handed over, by name; or, when there is nothing else, its two parts `data` and `transcript`. */
function handOver({ page }: TestHost, expected: JsonObject): void {
  const came = page.handOvers.shift();
  if (!came) throw new Mismatch("the bot does not hand over", expected);
  const { data, transcript, ...others } = expected;
  const parts = Object.keys(others).length === 0 && isPart(data, isObject) && isPart(transcript, Array.isArray);
  if (parts && transcript !== undefined) compare("the bot hands over another transcript", transcript, came.transcript);
  expectAtLeast("the bot hands over something else", parts ? data as JsonObject ?? {} : expected, came.data);
}

function isPart(value: Json | undefined, holds: (value: Json) => boolean): boolean {
  return value === undefined || holds(value);
}

function expectAtLeast(what: string, expected: JsonObject, came: JsonObject): void {
  for (const [name, value] of Object.entries(expected)) {
    if (!sameJson(value, came[name] ?? null)) throw new Mismatch(what, expected, came);
  }
}

function report({ page }: TestHost, code: string): void {
  if (!page.reports.includes(code)) throw new Mismatch("there is no such report", code, page.reports);
}
