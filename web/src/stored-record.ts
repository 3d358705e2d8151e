/** What is stored for a bot, as JSON text: the conversation, and to whom it belongs. */
import type { Transcript } from "./transcript.js";

/** The engine's snapshot, the transcript, and hints for the page that nothing believes. `id` and `left` come first. */
export interface Stored {
  latchkey: 1;
  /** the conversation's: a copy in another tab has the same one */
  id: string;
  /** when the page that held it went away, or `held` */
  left: number;
  snapshot: string;
  transcript: Transcript;
  authenticated: boolean;
  authenticatedAt: string | null;
  authenticationExpiresAt: string | null;
}

/** A page holds the conversation. It is as long as any instant, so that one fits in its place where storage is full. */
export const held = 1e12;

/** How a record begins: all of it up to `left`, the id, and `left`. */
export const beginning = /^({"latchkey":1,"id":"(\w+)","left":)(\d+)/;
