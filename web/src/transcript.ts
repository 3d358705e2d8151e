/**
 * The visible conversation, as a pure function of the effects: what a widget draws, what is handed over,
 * what is kept for a reload. Everything in it is masked already.
 */
import type { Ask, AuthenticationReason, Effect, FinishReason, Message } from "./protocol.js";

/** `secured`: said in a secured dialog; to be shown only while the user is authenticated. */
export type Entry = Spoken | NoticeEntry;

/** What somebody said. */
export type Spoken =
  | { from: "bot"; at: number; message: Message; secured?: true }
  | { from: "user"; at: number; text: string; secured?: true };

/** Something that happened to the conversation, for the widget to put into words. */
export interface NoticeEntry { from: "notice"; at: number; notice: Notice }

export const notices = ["signedIn", "signedOut", "expired", "newSession", "handedOver", "ended", "restarted", "notTaken"] as const;
export type Notice = (typeof notices)[number];

export interface Transcript {
  readonly entries: readonly Entry[];
  /** the question that is open, if any */
  readonly ask: Ask | null;
  /** the bot is busy: an API call is under way, or a delay */
  readonly typing: boolean;
  readonly authenticated: boolean;
  /** who that is, as the bot names them, or null */
  readonly subject: string | null;
  readonly authenticatedAt: string | null;
  readonly authenticationExpiresAt: string | null;
  /** why the session ended, or null while it runs; in another tab: the user signed out there */
  readonly finished: FinishReason | "endedElsewhere" | null;
}

export const emptyTranscript: Transcript = {
  entries: [], ask: null, typing: false, authenticated: false, subject: null, authenticatedAt: null, authenticationExpiresAt: null,
  finished: null,
};

/** The sign-in ended by itself. */
const expiries: readonly AuthenticationReason[] = ["timeout", "inactivity", "clock"];

/** The transcript after one effect that came at `at` (milliseconds since the epoch). */
export function applyEffect(transcript: Transcript, effect: Effect, at: number): Transcript {
  const add = (entry: Entry) => [...transcript.entries, entry];
  switch (effect.type) {
    case "say":
      return { ...transcript, entries: add({ from: "bot", at, message: effect.message, ...securedBy(effect) }) };
    case "echo": {
      const entries = transcript.finished === null ? transcript.entries : enterNewSession(transcript, at);
      const entry = { from: "user" as const, at, text: effect.text, ...securedBy(effect) };
      return { ...transcript, ask: null, finished: null, entries: [...entries, entry] };
    }
    case "ask": {
      const { type: _, ...ask } = effect;
      return { ...transcript, ask };
    }
    case "authenticationChanged": {
      const { authenticated, expiresAt } = effect;
      const notice = authenticated ? "signedIn" : expiries.includes(effect.reason) ? "expired" : "signedOut";
      const told = authenticated !== transcript.authenticated && effect.reason !== "sessionEnded";
      const entries = told ? add({ from: "notice", at, notice }) : transcript.entries;
      return { ...transcript, entries, authenticated, authenticationExpiresAt: expiresAt };
    }
    case "wipe":
      return { ...emptyTranscript, authenticated: transcript.authenticated, authenticationExpiresAt: transcript.authenticationExpiresAt };
    case "handOver":
      return { ...transcript, entries: add({ from: "notice", at, notice: "handedOver" }) };
    case "finish": {
      // What the last turn said stays until a new session begins: nobody has read it yet.
      const kept = transcript.entries.filter((entry) => !isSecured(entry) || entry.at === at);
      const entries: Entry[] = effect.reason === "handedOver" ? kept : [...kept, { from: "notice", at, notice: "ended" }];
      return { ...transcript, entries, ask: null, typing: false, finished: effect.reason };
    }
    case "call": case "startTimer": case "cancelTimer": case "emit": case "report":
      return transcript;
  }
}

const securedBy = ({ secured }: { secured?: true }) => (secured ? { secured } : {});

/** Whether the entry belongs to whoever was authenticated when it was said. */
export function isSecured(entry: Entry): boolean {
  return entry.from !== "notice" && entry.secured === true;
}

/** The next session may be another person's. */
function enterNewSession({ entries }: Transcript, at: number): Entry[] {
  return [...entries.filter((entry) => !isSecured(entry)), { from: "notice", at, notice: "newSession" }];
}

/** The cards whose buttons can be pressed: those that were said since the user's last message, while the bot can hear. */
export function cardsOnOffer({ entries, typing, finished }: Transcript): Entry[] {
  if (typing || finished !== null) return [];
  const last = entries.findLastIndex(({ from }) => from === "user");
  return entries.slice(last + 1).filter((entry) => entry.from === "bot" && entry.message.kind === "cards");
}

/** A message as text alone: of cards their titles and texts, of anything else what it is about, and its address. */
export function readableText(message: Message): string {
  if (message.kind === "text") return message.text;
  if (message.kind === "cards") return message.cards.map(({ title, text }) => (text ? `${title}: ${text}` : title)).join("\n");
  const about = message.alt ?? message.caption ?? message.name;
  return about ? `${about} (${message.url})` : message.url;
}

/** What was said, in order, without what is hidden now. */
export function spokenEntries(transcript: Transcript): Spoken[] {
  const hidden = (entry: Entry) => isSecured(entry) && !transcript.authenticated && transcript.finished === null;
  return transcript.entries.filter((entry): entry is Spoken => entry.from !== "notice" && !hidden(entry));
}

/** How many messages of one side came after `last`, or at all when that is not there. */
export function messagesSince({ entries }: Transcript, last: Entry | undefined, side: "bot" | "user" = "bot"): number {
  return entries.slice(entries.lastIndexOf(last!) + 1).filter(({ from }) => from === side).length;
}

/** What was said, as text alone. */
export function textOf(entry: Spoken): string {
  return entry.from === "bot" ? readableText(entry.message) : entry.text;
}

/** What the bot said last, in words. */
export function lastWords({ entries }: Transcript): string {
  const last = entries.findLast(({ from }) => from === "bot");
  return last ? textOf(last as Spoken) : "";
}

/** The transcript as it is handed over to a person or another program: who said what. */
export function spokenLines(transcript: Transcript): { from: "bot" | "user"; text: string }[] {
  return spokenEntries(transcript).map((entry) => ({ from: entry.from, text: textOf(entry) }));
}
