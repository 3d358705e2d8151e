/**
 * The visible conversation, as a pure function of the effects: what a widget draws, what is handed over,
 * what is kept for a reload. Everything in it is masked already.
 */
import type { Ask, Effect, FinishReason, Message } from "./protocol.js";

export type Entry =
  | { from: "bot"; at: number; message: Message }
  | { from: "user"; at: number; text: string }
  /** something that happened to the conversation, for the widget to put into words */
  | { from: "notice"; at: number; notice: "signedIn" | "signedOut" | "newSession" | "handedOver" | "ended" | "restarted" };

export interface Transcript {
  readonly entries: readonly Entry[];
  /** the question that is open, if any */
  readonly ask: Ask | null;
  /** the bot is busy: an API call is under way, or a delay */
  readonly typing: boolean;
  readonly authenticated: boolean;
  readonly authenticationExpiresAt: string | null;
  /** why the session ended, or null while it runs */
  readonly finished: FinishReason | null;
}

export const emptyTranscript: Transcript = {
  entries: [], ask: null, typing: false, authenticated: false, authenticationExpiresAt: null, finished: null,
};

/** The transcript after one effect that came at `at` (milliseconds since the epoch). */
export function applyEffect(transcript: Transcript, effect: Effect, at: number): Transcript {
  const add = (entry: Entry) => [...transcript.entries, entry];
  switch (effect.type) {
    case "say":
      return { ...transcript, entries: add({ from: "bot", at, message: effect.message }) };
    case "echo": {
      const restarted = transcript.finished !== null;
      const entries = restarted ? add({ from: "notice", at, notice: "newSession" }) : transcript.entries;
      return { ...transcript, ask: null, finished: null, entries: [...entries, { from: "user", at, text: effect.text }] };
    }
    case "ask": {
      const { type: _, ...ask } = effect;
      return { ...transcript, ask };
    }
    case "authenticationChanged": {
      const { authenticated, expiresAt } = effect;
      const notice = authenticated ? "signedIn" : "signedOut";
      const told = authenticated !== transcript.authenticated && effect.reason !== "sessionEnded";
      const entries = told ? add({ from: "notice", at, notice }) : transcript.entries;
      return { ...transcript, entries, authenticated, authenticationExpiresAt: expiresAt };
    }
    case "wipe":
      return { ...emptyTranscript, authenticated: transcript.authenticated, authenticationExpiresAt: transcript.authenticationExpiresAt };
    case "handOver":
      return { ...transcript, entries: add({ from: "notice", at, notice: "handedOver" }) };
    case "finish": {
      const entries = effect.reason === "handedOver" ? transcript.entries : add({ from: "notice", at, notice: "ended" });
      return { ...transcript, entries, ask: null, typing: false, finished: effect.reason };
    }
    case "call": case "startTimer": case "cancelTimer": case "emit": case "report":
      return transcript;
  }
}

/** The transcript as it is handed over to a person or another program: who said what, in order. */
export function spokenLines(transcript: Transcript): { from: "bot" | "user"; text: string }[] {
  return transcript.entries.flatMap((entry): { from: "bot" | "user"; text: string }[] =>
    entry.from === "bot" ? [{ from: entry.from, text: entry.message.text }]
    : entry.from === "user" ? [{ from: entry.from, text: entry.text }]
    : []);
}
