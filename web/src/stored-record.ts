/** What is stored for a bot, as JSON text: the conversation, and to whom it belongs. */
import type { Transcript } from "./transcript.js";

/** What is sealed when the snapshot holds what is sensitive. */
export interface Content {
  /** the engine's */
  snapshot: string;
  /** with the entries that are not stored apart */
  transcript: Transcript;
}

/** The content, and hints for the page that nothing believes. `id` and `left` come first. */
export interface StoredRecord extends Partial<Content> {
  latchkey: 1;
  /** the conversation's: a copy in another tab has the same one */
  id: string;
  /** when the page that held it went away, or `held` */
  left: number;
  /** the content in its place; neither is there when it is to be sealed and cannot be yet */
  sealed?: string;
  /** entries of the transcript that are stored apart: from which part on, and up to which, without it */
  parts: [from: number, to: number];
  authenticated: boolean;
  authenticatedAt: string | null;
  authenticationExpiresAt: string | null;
}

/** A page holds the conversation. It is as long as any instant, so that one fits in its place where storage is full. */
export const held = 1e12;

/** How a record begins: all of it up to `left`, the id, and `left`. */
export const beginning = /^({"latchkey":1,"id":"(\w+)","left":)(\d+)/;

/** What is sealed in a record. What a person or a bot wrote cannot look like this, for its quotes are escaped. */
export const sealedIn = (record: string): string | undefined => /"sealed":"([^"]+)"/.exec(record)?.[1];

/** Whether a part of a transcript is sealed: it begins with the number of its key. */
export const isSealed = (part: string): boolean => /^[\d.]+:/.test(part);
