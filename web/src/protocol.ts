/**
 * What crosses the border between the engine and its hosts, as JSON text: events go in, effects come out.
 * The meaning of each is in docs/bot-format.md; this file is its one TypeScript form.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A finding of the loader (or, at run time, of the engine) with its place and its fix. */
export interface Problem {
  severity: "error" | "warning";
  /** camelCase code, one of those in docs/bot-format.md */
  code: string;
  /** RFC 6901 pointer into the bot file */
  where: string;
  /** empty in what the loader finds in a page, whose engine has no texts for it */
  message: string;
}

/** How a session begins: who and where. */
export interface Opening {
  /** random, at least 64 bits of it, as text */
  conversationId: string;
  /** seeds everything that is random in the conversation; an integer from 0 to 2^53 - 1 */
  seed: number;
  /** the host page's address and language (BCP 47), or null */
  pageUrl: string | null;
  pageLanguage: string | null;
  /** external attributes that hold before the default dialog begins; null clears one */
  attributes?: Record<string, Json>;
}

export type FailureReason = "network" | "timeout" | "tooLarge" | "blocked" | "aborted";

/** What happened. `now` (milliseconds since the epoch) rides on every event. */
export type Event = { now: number } & (
  | ({ type: "started" } & Opening)
  | { type: "textEntered"; text: string }
  | { type: "optionChosen"; value: Json }
  | { type: "callFinished"; id: number; status: number; headers: Record<string, string>; body: string }
  | { type: "callFailed"; id: number; reason: FailureReason }
  | { type: "timerFired"; id: number }
  | { type: "attributesSet"; attributes: Record<string, Json> }
  | { type: "closed" }
);

/** A message of the bot. Fields that the author did not give, or that came out empty, are left out. */
export type Message = TextMessage | MediaMessage | CardsMessage;

/** `text` is as printed; `markdown` (CommonMark) is there only where the author's own text holds markup. */
export interface TextMessage { kind: "text"; text: string; markdown?: string }

export interface MediaMessage {
  kind: "image" | "video" | "audio" | "document";
  /** absolute http(s), or a path of the page's origin */
  url: string;
  /** what it shows or holds, for who cannot see or hear it */
  alt?: string;
  caption?: string;
  /** of a document only */
  name?: string;
}

export interface CardsMessage { kind: "cards"; cards: Card[] }

export interface Card {
  title: string;
  text?: string;
  /** an address as in MediaMessage, with `alt` */
  image?: string;
  alt?: string;
  buttons?: CardButton[];
}

/** One sends `value` with `optionChosen` while it is on offer; the other leads to an address, mailto: and tel: among them. */
export type CardButton = Option | { label: string; url: string };

export interface Option {
  label: string;
  /** what `optionChosen` sends back */
  value: Json;
}

export type AttributeType = "text" | "number" | "boolean" | "date" | "email" | "phone" | "url" | "list" | "json";

/** The bot waits for an answer. */
export interface Ask {
  /** text: typed; choice: a button (typing its label counts too); choiceOrText: a button or any valid text */
  kind: "text" | "choice" | "choiceOrText";
  options: Option[];
  /** the answer is masked everywhere: show a password-like field */
  sensitive: boolean;
  attributeType: AttributeType;
  /** the question is open again, for the answer was not valid */
  repeated?: true;
}

/** A request to the customer API. */
export interface Call {
  id: number;
  method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** absolute, or beginning with "/": then it belongs to the origin of the page */
  url: string;
  headers: Record<string, string>;
  body: string | null;
  /** one deadline for headers and body */
  timeoutMs: number;
  credentials: "omit" | "same-origin" | "include";
  /** a longer body counts as `tooLarge` */
  maxBytes: number;
}

export type AuthenticationReason =
  | "authenticated" | "timeout" | "inactivity" | "clock" | "signOut" | "sessionEnded" | "botChanged";
export type FinishReason = "closed" | "closedByUser" | "handedOver" | "sessionExpired" | "engineFault";

/** What the host shall do, in order. */
export type Effect =
  /** `secured`: in a secured dialog; not to be shown while nobody is authenticated */
  | { type: "say"; message: Message; secured?: true }
  | ({ type: "ask" } & Ask)
  | ({ type: "call" } & Call)
  | { type: "startTimer"; id: number; delayMs: number }
  | { type: "cancelTimer"; id: number }
  | { type: "echo"; text: string; secured?: true }
  | { type: "authenticationChanged"; authenticated: boolean; expiresAt: string | null; reason: AuthenticationReason }
  | { type: "emit"; name: string; data: Json }
  | { type: "wipe" }
  | { type: "handOver"; data: Record<string, Json> }
  | { type: "report"; problem: Problem }
  | { type: "finish"; reason: FinishReason };

/** The answer to an event: what to do, or why it was rejected (then nothing changed). */
export type Turn = { effects: Effect[] } | { rejected: string };

/** What a conversation waits for. */
export type Awaiting = "answer" | "response" | "delay" | "nothing" | "closed";

/** Where a conversation stands at an instant. */
export interface Status {
  awaiting: Awaiting;
  /** id of the dialog that the conversation is in */
  dialog: string | null;
  authenticated: boolean;
  /** ISO 8601 UTC instants, null when not authenticated; no expiry for "never" */
  authenticatedAt: string | null;
  authenticationExpiresAt: string | null;
  /** who is signed in, masked, in at most 64 characters; null when nobody is, or nothing of it may be shown */
  subject: string | null;
  /** a snapshot would hold sensitive values, who is or was authenticated, or what may become either: store it for nobody else to read */
  sensitive: boolean;
}
