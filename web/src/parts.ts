/** What the loader fetches when it is needed: the chat's code, the bot file and the engine. */
import type { ChatModule } from "./chat-module.js";

type Loaded = [module: ChatModule, botText: string, wasm: ArrayBuffer];

/** A part that has not come after this long will not come: the visitor is told so and may try again. */
const timeoutMs = 30_000;

export class Parts {
  #base: string;
  #botUrl: string;
  #loaded: Promise<Loaded> | null = null;
  #codeFailures = 0;

  /** `base` is the address of the loader: code and engine lie beside it. */
  constructor(base: string, botUrl: string) {
    this.#base = base;
    this.#botUrl = botUrl;
  }

  /** All parts, fetched at once; after a failure, anew. The error says what the page's author has to change. */
  load(): Promise<Loaded> {
    this.#loaded ??= Promise.all([
      this.#loadCode(),
      fetchPart(this.#botUrl, "data-bot", (response) => response.text()),
      fetchPart(new URL("latchkey.wasm", this.#base).href, "latchkey.wasm", (response) => response.arrayBuffer()),
    ]);
    this.#loaded.catch(() => this.drop());
    return this.#loaded;
  }

  /** Lets go of what came: it was taken, or of no use. The next `load` fetches it again. */
  drop(): void {
    this.#loaded = null;
  }

  async #loadCode(): Promise<ChatModule> {
    const url = new URL("latchkey-chat.js", this.#base);
    // Some browsers remember a module that failed to load: another address makes them try again.
    if (this.#codeFailures) url.searchParams.set("retry", `${this.#codeFailures}`);
    try {
      return (await import(url.href)) as ChatModule;
    } catch (error) {
      this.#codeFailures++;
      throw new Error(`${url.href} could not be loaded (${String(error)}). Put it beside latchkey.js and allow it in script-src.`);
    }
  }
}

async function fetchPart<Body>(url: string, name: string, read: (response: Response) => Promise<Body>): Promise<Body> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (response.ok) return await read(response);
  } catch (error) {
    throw new Error(`${url} could not be fetched (${String(error)}). Check the address (${name}), its CORS headers and the page's connect-src.`);
  }
  throw new Error(`${url} answered ${response.status}. Check the address (${name}).`);
}
