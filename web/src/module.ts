/**
 * The chat for pages that are bundled. To import this defines `<latchkey-chat>`; `createChat` makes one.
 *
 * ```js
 * import { createChat } from "latchkey";
 *
 * const chat = createChat({ bot: "/bot.json", base: "/latchkey/" });
 * chat.addEventListener("latchkey-authentication", ({ detail }) => console.log(detail.authenticated));
 * ```
 */
import { chatTag, ChatElement, defineChat } from "./element.js";
import type { ChatEvents } from "./tell.js";

export { ChatElement };
export type { ChatEvents };
export type { Line } from "./chat-module.js";

/** What a chat is made of; docs/embedding.md says more of each. */
export interface ChatOptions {
  /** address of the bot file, relative to the page */
  bot: string;
  /** what the bot file has to be: `sha384-…`, as in the `integrity` of a script tag */
  botIntegrity?: string;
  /** words beside the launcher's sign */
  label?: string;
  /** the language (BCP 47) of the chat's own words */
  language?: string;
  /** address of a file with words of your own */
  texts?: string;
  /** the origins that the bot's requests may go to, out of those that it lists */
  apiOrigins?: readonly string[];
  /** addresses (mailto:, tel:, http, https) by which a visitor reaches you without the chat */
  contact?: readonly string[];
  /** over the page in its corner, or where the element stands; default: floating */
  layout?: "floating" | "inline";
  /** when the chat is fetched: as the visitor shows interest, or before, when the page is idle; default: interest */
  load?: "interest" | "idle";
  /** address of the folder that holds latchkey-chat.js and what goes with it; default: that of this file */
  base?: string;
}

type ChatEventMap = { [Name in keyof ChatEvents]: CustomEvent<ChatEvents[Name]> };

declare global {
  interface HTMLElementTagNameMap { "latchkey-chat": ChatElement }
  interface HTMLElementEventMap extends ChatEventMap {}
}

defineChat(import.meta.url);

/** Puts a chat at the end of `parent`, by default of the page. `remove()` takes it away; its conversation stays in the tab. */
export function createChat(options: ChatOptions, parent: Element = document.body): ChatElement {
  const chat = document.createElement(chatTag);
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    chat.setAttribute(name, Array.isArray(value) ? value.join(" ") : `${value}`);
  }
  parent.append(chat);
  return chat;
}
