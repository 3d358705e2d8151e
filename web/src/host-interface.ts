/** The services that a runtime takes from its surroundings: a browser, Node, or a test. */
import type { Call, FailureReason, Json, Opening, Problem } from "./protocol.js";

export type CallAnswer =
  | { status: number; headers: Record<string, string>; body: string }
  | { failed: FailureReason };

export interface Host {
  /** the wall clock, milliseconds since the epoch */
  now(): number;
  /** calls `fire` once after `delayMs`; the result stops it */
  startTimer(delayMs: number, fire: () => void): () => void;
  /** performs the request; never throws; `stop` ends it early with `{ failed: "aborted" }` */
  call(call: Call, stop: AbortSignal): Promise<CallAnswer>;
  /** what was stored last for this bot, or null; never throws */
  load(): string | null;
  /** stores `text` in place of what was there; null removes it; never throws. False: it would not outlive the page. */
  save(text: string | null): boolean | void;
  /** who and where, for a new conversation */
  opening(): Opening;
  /** an event of the bot for the surroundings */
  emit(name: string, data: Json): void;
  /** the bot hands over to a person: masked data and transcript */
  handOver(data: Record<string, Json>, transcript: { from: "bot" | "user"; text: string }[]): void;
  report(problem: Problem): void;
  /** the user signed out, or the chat was ended: where there are other tabs, it is so in all of them */
  signedOut?(): void;
}
