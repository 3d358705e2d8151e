/** What is stored for a bot, as JSON text: the conversation, and to whom it belongs. */
import type { Transcript } from "./transcript.js";

/** The engine's snapshot, the transcript, and hints for the page that nothing believes. `id` and `left` come first. */
export interface StoredRecord {
  latchkey: 1;
  /** the conversation's: a copy in another tab has the same one */
  id: string;
  /** when the page that held it went away, or `held` */
  left: number;
  /** the snapshot is sealed when it holds what is sensitive; neither is there when that cannot be done */
  sealed?: string;
  snapshot?: string;
  /** entries of the transcript that are stored apart: from which part on, and up to which, without it */
  parts: [from: number, to: number];
  /** with the entries that come after those */
  transcript: Transcript;
  authenticated: boolean;
  authenticatedAt: string | null;
  authenticationExpiresAt: string | null;
}

/** A page holds the conversation. It is as long as any instant, so that one fits in its place where storage is full. */
export const held = 1e12;

/** How a record begins: all of it up to `left`, the id, and `left`. */
export const beginning = /^({"latchkey":1,"id":"(\w+)","left":)(\d+)/;

/** The sealed snapshot of a record. What a person or a bot wrote cannot look like this, for its quotes are escaped. */
export const sealedIn = (record: string): string | undefined => /"sealed":"([^"]+)"/.exec(record)?.[1];
