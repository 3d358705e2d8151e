/** What the loader fetches when it is needed: the chat's code, the bot file, the engine and the language. */
import type { ChatModule } from "./chat-module.js";
import { choose, type Language, type LanguageFile } from "./languages.js";

type Loaded = [module: ChatModule, botText: string, wasm: ArrayBuffer, spoken: Language];

/** A part that has not come after this long will not come: the visitor is told so and may try again. */
const timeoutMs = 30_000;

export interface PartsOptions {
  /** the address of the loader: the other parts lie beside it */
  base: string;
  botUrl: string;
  /** the language that the page asks for; when it is empty, the bot's or the visitor's is taken */
  pageLanguage: string;
  /** the address of the page's own texts */
  texts: string | null;
  /** is called when the language has come, whatever becomes of the rest */
  say(file: LanguageFile | null): void;
}

export interface Parts {
  /** All parts, fetched at once; after a failure, anew. The error says what the page's author has to change. */
  load(): Promise<Loaded>;
  /** Lets go of what came: it was taken, or of no use. The next `load` fetches it again. */
  drop(): void;
}

export function createParts({ base, botUrl, pageLanguage, texts, say }: PartsOptions): Parts {
  let loaded: Promise<Loaded> | null = null;
  let codeFailures = 0;
  const beside = (name: string) => new URL(name, base);

  const loadCode = async () => {
    const url = beside("latchkey-chat.js");
    // Some browsers remember a module that failed to load: another address makes them try again.
    if (codeFailures) url.search = `retry=${codeFailures}`;
    try {
      return (await import(`${url}`)) as ChatModule;
    } catch (error) {
      codeFailures++;
      throw Error(`${url} could not be loaded (${error}). Put it beside latchkey.js and allow it in script-src.`);
    }
  };
  // Never fails: without its file the chat speaks English.
  const loadLanguage = async (bot: Promise<string>) => {
    const lang = choose(pageLanguage ? [pageLanguage] : await languagesOf(bot));
    const name = texts ?? `languages/${lang}.json`;
    const url = new URL(name, texts ? document.baseURI : base).href;
    const file = texts || lang !== "en" ? await fetchPart(url, name, (response) => response.json()).catch(speakEnglish) : null;
    say(file);
    return { url, file };
  };
  const loadAll = () => {
    const bot = fetchPart(botUrl, "data-bot", (response) => response.text());
    const wasm = fetchPart(`${beside("latchkey.wasm")}`, "latchkey.wasm", (response) => response.arrayBuffer());
    return Promise.all([loadCode(), bot, wasm, loadLanguage(bot)]);
  };
  const drop = () => {
    loaded = null;
  };
  const load = () => {
    if (!loaded) {
      loaded = loadAll();
      loaded.catch(drop);
    }
    return loaded;
  };
  return { load, drop };
}

/** The language that the bot file names, or else the visitor's. */
async function languagesOf(bot: Promise<string>): Promise<readonly string[]> {
  try {
    const { language } = JSON.parse(await bot) as { language?: unknown };
    if (language) return [`${language}`];
  } catch {
    // Whoever needs the bot finds that out too, and says so.
  }
  return navigator.languages;
}

function speakEnglish({ message }: Error): null {
  console.warn(`latchkey: the chat speaks English. ${message}`);
  return null;
}

async function fetchPart<Body>(url: string, name: string, read: (response: Response) => Promise<Body>): Promise<Body> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (response.ok) return await read(response);
  } catch (error) {
    throw Error(`${url} could not be fetched (${error}). Check the address (${name}), its CORS headers and the page's connect-src.`);
  }
  throw Error(`${url} answered ${response.status}. Check the address (${name}).`);
}
