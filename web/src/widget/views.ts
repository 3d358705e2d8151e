/** Finds the view of a message that is more than text. Its code is loaded when the first such message comes. */
import { html, nothing, svg, type LitElement, type TemplateResult } from "lit";
import type { Message } from "../protocol.js";
import { loadBeside } from "../load-beside.js";
import type { ViewContext, ViewModule } from "./view-module.js";

/** So long the conversation stands still for the code of its next message; then that is shown as plain text. */
const patienceMs = 1500;

export class Views {
  /** how many kinds of views have come */
  loaded = 0;
  #list: LitElement;
  /** A page may have put anything into the prototype of all objects. */
  #modules: Record<string, ViewModule> = Object.create(null);
  #loads: Record<string, Promise<void>> = {};
  #waiting = new WeakSet<Message>();
  #plain = new WeakSet<Message>();

  /** `list` shows the messages, and is told to do so again when code has come. */
  constructor(list: LitElement) { this.#list = list; }

  /** Whether to wait before the message is shown, for the code of its view is on its way. */
  awaits(message: Message): boolean {
    const name = moduleOf(message);
    if (!name || this.#modules[name] || this.#plain.has(message)) return false;
    if (!this.#waiting.has(message)) void this.#wait(name, message);
    return true;
  }

  /** The message's view, or null when it is to be shown as plain text. */
  show(message: Message, context: Omit<ViewContext, "isKnown">): TemplateResult | null {
    const module = this.#modules[moduleOf(message)];
    return module?.view(message, { ...context, isKnown: this.#plain.has(message) }) ?? null;
  }

  async #wait(name: string, message: Message): Promise<void> {
    this.#waiting.add(message);
    // Code of another version may throw when it is used.
    await Promise.race([this.#loads[name] ??= this.#load(name).catch(console.error), new Promise((over) => setTimeout(over, patienceMs))]);
    if (!this.#modules[name]) this.#plain.add(message);
    this.#list.requestUpdate();
  }

  async #load(name: string): Promise<void> {
    const module = await loadBeside<ViewModule>(name);
    if (!module) {
      delete this.#loads[name];
      return;
    }
    module.enter(this.#list.renderRoot as ShadowRoot, { html, svg, nothing });
    this.#modules[name] = module;
    this.loaded++;
    this.#list.requestUpdate();
  }
}

/** The word in the name of the file with the message's view; none for plain text. */
function moduleOf(message: Message): "" | "markdown" | "rich" {
  if (message.kind !== "text") return "rich";
  return Object.hasOwn(message, "markdown") ? "markdown" : "";
}
