/** What the page's element asks of the chat, which it loads when it is needed. */
import type { Launcher } from "./launcher.js";
import type { Json } from "./protocol.js";

/** A line of the transcript. Sensitive values are masked in it. */
export interface Line {
  from: "bot" | "user";
  text: string;
}

/** What a page may do with a chat. */
export interface ChatCommands {
  /** Sends a text as if the visitor had typed it. False when the chat cannot take it now. */
  send(text: string): boolean;
  /** Ends the conversation, of which nothing stays, and begins a new one. */
  reset(): void;
  /** The same when somebody is signed in, in all tabs of the bot; otherwise nothing. */
  signOut(): void;
  /** What was said, masked; what was said while somebody was signed in only as long as somebody is. */
  transcript(): Line[];
}

/** The chat in its page. */
export interface Chat extends ChatCommands {
  /** Opens the panel; only when the visitor asked for it, the focus moves there. Undefined: the page asked, perhaps for the visitor. */
  open(byUser?: boolean): void;
  close(): void;
  toggle(): void;
  /** Sets attributes that the bot declares `external`. Throws a TypeError with the reason when one is refused: then none is set. */
  setAttributes(attributes: Record<string, Json>): void;
  /** Takes the chat out of the page. What is stored stays. */
  stop(): void;
}

export interface ChatRequest {
  /** the page's element, which has the options; events are dispatched on it */
  element: HTMLElement;
  launcher: Launcher;
  /** the folder's address, in which our other files are */
  base: string;
  botUrl: string;
  /** both were asked for already; what failed is an Error here */
  bot: Promise<Response | Error>;
  wasm: Promise<Response | Error>;
  /** the language (BCP 47) of the page, or "" */
  pageLanguage: string;
  /** what the page has set already */
  attributes: Record<string, Json>;
  /** the storage's key for a panel that is open */
  openKey: string;
}

/** The exports of latchkey-chat.js. */
export interface ChatModule {
  /**
   * Makes everything ready but the conversation, which begins, or goes on, with the first call of what this resolves to;
   * further calls give the same chat. Both reject with an error whose message tells the page's author what to do.
   */
  prepareChat(request: ChatRequest): Promise<() => Promise<Chat>>;
}
