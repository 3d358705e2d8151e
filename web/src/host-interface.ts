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
  /** what was stored last for this bot, its record or a part of its transcript, or null; never throws */
  load(part?: number): string | null;
  /**
   * Stores `text` in place of what was there; null removes it. Without a record there are no parts: one that is empty or
   * removed takes them along. Never throws. False: it would not outlive the page.
   */
  save(text: string | null, part?: number): boolean | void;
  /**
   * What may be stored in place of a text that holds what is sensitive. Null when that cannot be had: then such a text must
   * not be stored; `ready` is called when it can. A host whose storage ends with its process has none of this.
   */
  seal?(text: string, ready: () => void): string | null;
  /** what was sealed, once, or null when it cannot be read */
  unseal?(sealed: string): string | null;
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
