/** `<latchkey-chat>`: a chat in the page, floating over it or inline, and what the page may do with it. */
import type { ChatCommands } from "./chat-module.js";
import { draw, type Drawing } from "./drawing.js";
import type { Json } from "./protocol.js";

export const chatTag = "latchkey-chat";

/** Where there is no page, as on a server that renders one, this code may be loaded and does nothing. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/** Each loads the chat when that is not done yet, and rejects when it cannot be. */
type Commands = { [Name in keyof ChatCommands]: (...given: Parameters<ChatCommands[Name]>) => Promise<ReturnType<ChatCommands[Name]>> };

export interface ChatElement extends Commands {}

/** Its options (options.ts) are read when it comes into the page. A conversation goes on from its storage. */
export class ChatElement extends Base {
  /** the address of the file that defines the element: our other files lie beside it */
  static home = "";

  #root = this.attachShadow({ mode: "open" });
  #drawing: Drawing | undefined;
  #attributes: Record<string, Json> = {};

  connectedCallback(): void { this.#drawing = draw(this, this.#root, ChatElement.home, this.#attributes); }

  disconnectedCallback(): void {
    this.#drawing?.stop();
    this.#drawing = undefined;
  }

  /** Opens the chat. Rejects when it cannot be loaded; the launcher says so too. */
  async open(): Promise<void> { await this.#drawn.open(); }

  close(): void { this.#drawing?.chat?.close(); }

  /** Sets attributes that the bot declares `external`, also before the chat is loaded. Rejects when one is refused: then none is set. */
  async setAttributes(attributes: Record<string, Json>): Promise<void> {
    this.#drawing?.chat?.setAttributes(attributes);
    Object.assign(this.#attributes, attributes);
  }

  static {
    for (const name of ["send", "reset", "signOut", "transcript"] as const) {
      this.prototype[name] = async function (this: ChatElement, ...given: unknown[]) {
        return ((await this.#drawn.load())[name] as (...given: unknown[]) => never)(...given);
      };
    }
  }

  get #drawn(): Drawing {
    if (this.#drawing) return this.#drawing;
    throw Error("latchkey: this chat is not in the page");
  }
}

/** Defines the element, unless another copy of this code did. `home`: see ChatElement.home. */
export function defineChat(home: string): void {
  if (!globalThis.customElements || customElements.get(chatTag)) return;
  ChatElement.home = home;
  customElements.define(chatTag, ChatElement);
}
