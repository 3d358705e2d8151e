/** Runs conversations against the engine and tells how each came out. */
import type { Json } from "../../protocol.js";
import { findPlaces, type Place } from "../json-place.js";
import type { ConversationCase, ConversationFile } from "./conversation-file.js";
import type { Measure } from "./difference.js";
import { expectQuiet } from "./expecting-steps.js";
import type { JsonObject } from "./json.js";
import { Mismatch } from "./mismatch.js";
import { takeStep } from "./steps.js";
import { TestHost } from "./test-host.js";

/** As it stands, or with a reload before every step. */
export type Mode = "straight" | "everyReload";

export interface Failure {
  place: Place;
  /** from 1; null after the last */
  step: number | null;
  content: JsonObject | null;
  message: string;
  expected: Json | undefined;
  came: Json | undefined;
  measure: Measure;
  /** where the conversation stood */
  status: string;
  /** what happened up to there */
  lines: string[];
}

export interface Result {
  file: string;
  name: string;
  mode: Mode;
  durationMs: number;
  /** null: it came out as written */
  failure: Failure | null;
}

/** Runs the conversation at `index` of a file. */
export function runConversation(file: ConversationFile, index: number, mode: Mode): Result {
  const conversation = file.conversations[index]!;
  const { now, seed, page, language, attributes } = conversation;
  const host = new TestHost(file.bot.bot, now, { conversationId: "test", seed, pageUrl: page, pageLanguage: language, attributes });
  const began = performance.now();
  const stop = firstMismatch(host, conversation, mode);
  const durationMs = Math.round((performance.now() - began) * 1000) / 1000;
  const failure = stop && failureOf(file, index, host, stop);
  return { file: file.file, name: conversation.name, mode, durationMs, failure };
}

interface Stop { at: number; why: unknown }

function firstMismatch(host: TestHost, { steps }: ConversationCase, mode: Mode): Stop | null {
  let at = 0;
  try {
    host.start();
    for (; at < steps.length; ++at) {
      if (mode === "everyReload" && mayReload(host)) host.reload();
      takeStep(host, steps[at]!);
    }
    expectQuiet(host.page);
    return null;
  } catch (why) {
    return { at, why };
  }
}

/** A POST or PATCH is not sent twice, so a reload while one is under way would be another conversation. */
function mayReload({ page }: TestHost): boolean {
  return !page.calls.some(({ method }) => method === "POST" || method === "PATCH");
}

function failureOf(file: ConversationFile, index: number, host: TestHost, { at, why }: Stop): Failure {
  const content = file.conversations[index]!.steps[at] ?? null;
  const where = `/conversations/${index}${content ? `/steps/${at}` : ""}`;
  const { line, column } = findPlaces(file.text, [where])(where);
  const mismatch = why instanceof Mismatch ? why : null;
  return {
    place: { line, column },
    step: content && at + 1,
    content,
    message: mismatch?.message ?? `the engine failed: ${why instanceof Error ? why.stack ?? why.message : String(why)}`,
    expected: mismatch?.expected,
    came: mismatch?.came,
    measure: mismatch?.measure ?? "exactly",
    status: statusOf(host),
    lines: host.page.lines,
  };
}

function statusOf(host: TestHost): string {
  try {
    const { awaiting, dialog, authenticated } = host.status;
    return `awaiting ${awaiting}, in ${dialog === null ? "no dialog" : `the dialog ${JSON.stringify(dialog)}`}, ${authenticated ? "authenticated" : "not authenticated"}`;
  } catch {
    // After a fault the engine may not answer any more.
    return "unknown";
  }
}
