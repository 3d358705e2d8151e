/**
 * The one script that a page includes: `<script src="latchkey.js" data-bot="bot.json"></script>`. It draws the launcher
 * and fetches engine, chat and bot when the visitor shows interest. Whatever fails, the page goes on as if it were not there.
 */
import type { Chat, ChatModule } from "./chat-module.js";
import { createLauncher } from "./launcher.js";

type Parts = [module: ChatModule, botText: string, wasm: ArrayBuffer];

/** A part that has not come after this long will not come: the visitor is told so and may try again. */
const partTimeoutMs = 30_000;

function start(script: HTMLScriptElement, body: Element, bot: string): void {
  const base = script.src;
  const botUrl = new URL(bot, document.baseURI).href;
  const { label = null, language = null, apiOrigins = null } = script.dataset;
  const openKey = `latchkey:open:${botUrl}`;
  const launcher = createLauncher(body, label, language ?? document.documentElement.lang);
  let chat: Chat | null = null;
  let parts: Promise<Parts> | null = null;
  let codeFailures = 0;
  let opening = false;

  const loadCode = async (): Promise<ChatModule> => {
    const url = new URL("latchkey-chat.js", base);
    // Some browsers remember a module that failed to load: another address makes them try again.
    if (codeFailures) url.searchParams.set("retry", `${codeFailures}`);
    try {
      return (await import(url.href)) as ChatModule;
    } catch (error) {
      codeFailures++;
      throw new Error(`${url.href} could not be loaded (${String(error)}). Put it beside latchkey.js and allow it in script-src.`);
    }
  };
  const loadParts = (): Promise<Parts> => {
    parts ??= Promise.all([
      loadCode(),
      load(botUrl, "data-bot", (response) => response.text()),
      load(new URL("latchkey.wasm", base).href, "latchkey.wasm", (response) => response.arrayBuffer()),
    ]);
    parts.catch(() => (parts = null));
    return parts;
  };
  const toggled = (open: boolean) => {
    launcher.show(open ? "open" : "closed");
    remember(openKey, open);
  };
  const open = async (byUser: boolean) => {
    if (opening) return;
    opening = true;
    launcher.show("loading");
    try {
      const [module, botText, wasm] = await loadParts();
      chat = await module.mountChat({ botUrl, botText, wasm, launcher, language, apiOrigins, toggled });
      chat.open(byUser);
    } catch (error) {
      parts = null;
      launcher.show("failed");
      console.error(`latchkey: the chat is not available. ${error instanceof Error ? error.message : String(error)}`);
    }
    opening = false;
  };

  const { button } = launcher;
  const prefetch = () => {
    if (!chat && !opening) loadParts().catch(() => {});
  };
  for (const interest of ["pointerenter", "focus", "touchstart"]) {
    button.addEventListener(interest, prefetch, { passive: true });
  }
  button.addEventListener("click", () => (chat ? chat.toggle() : void open(true)));
  if (isRemembered(openKey)) void open(false);
}

/** Fetches a part; the error says what the page's author has to change. */
async function load<Body>(url: string, name: string, read: (response: Response) => Promise<Body>): Promise<Body> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(partTimeoutMs) });
    if (response.ok) return await read(response);
  } catch (error) {
    throw new Error(`${url} could not be fetched (${String(error)}). Check the address (${name}), its CORS headers and the page's connect-src.`);
  }
  throw new Error(`${url} answered ${response.status}. Check the address (${name}).`);
}

function isRemembered(key: string): boolean {
  try {
    return sessionStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

function remember(key: string, open: boolean): void {
  try {
    if (open) sessionStorage.setItem(key, "");
    else sessionStorage.removeItem(key);
  } catch {
    // Without storage the chat is closed after a reload.
  }
}

function run(): void {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement) || !script.dataset["bot"]) {
    console.error('latchkey: no chat here, because the script tag names no bot. Write <script src="latchkey.js" data-bot="bot.json"></script>.');
    return;
  }
  const { bot } = script.dataset;
  // Not document.body: an image of that name would stand in for it.
  const html = script.closest("html");
  const draw = () => {
    const body = html?.querySelector("body");
    if (!body) return false;
    try {
      start(script, body, bot!);
    } catch (error) {
      console.error(`latchkey: the launcher could not be drawn. ${String(error)}`);
    }
    return true;
  };
  if (!draw()) document.addEventListener("DOMContentLoaded", draw);
}

run();
