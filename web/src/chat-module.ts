/** What the loader asks of the chat, which it loads when it is needed. */
import type { Language } from "./languages.js";
import type { Launcher } from "./launcher.js";

export interface ChatRequest {
  botUrl: string;
  botText: string;
  wasm: ArrayBuffer;
  launcher: Launcher;
  /** the language that the page asks for, or null */
  language: string | null;
  /** the language of the chat's own words */
  spoken: Language;
  /** the origins that the page lets the bot call, separated by spaces, or null */
  apiOrigins: string | null;
  /** is called when the panel was opened or closed */
  toggled(open: boolean): void;
}

export interface Chat {
  /** Opens the panel; only when the visitor asked for it, the focus moves there. */
  open(byUser: boolean): void;
  toggle(): void;
}

/** The exports of latchkey-chat.js. */
export interface ChatModule {
  /** Makes the chat ready, closed. Rejects with an error whose message tells the page's author what to do. */
  mountChat(request: ChatRequest): Promise<Chat>;
}
