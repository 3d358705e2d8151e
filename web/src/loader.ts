/**
 * The one script that a page includes: `<script src="latchkey.js" data-bot="bot.json"></script>`. It draws the launcher
 * and fetches engine, chat and bot when the visitor shows interest. Whatever fails, the page goes on as if it were not there.
 */
import type { Chat } from "./chat-module.js";
import { createLauncher } from "./launcher.js";
import { Parts } from "./parts.js";

function start(script: HTMLScriptElement, body: Element, bot: string): void {
  const botUrl = new URL(bot, document.baseURI).href;
  const { label = null, language = null, apiOrigins = null } = script.dataset;
  const openKey = `latchkey:open:${botUrl}`;
  const launcher = createLauncher(body, label, language ?? document.documentElement.lang);
  const parts = new Parts(script.src, botUrl);
  let chat: Chat | null = null;
  let opening = false;

  const toggled = (open: boolean) => {
    launcher.show(open ? "open" : "closed");
    remember(openKey, open);
  };
  const open = async (byUser: boolean) => {
    if (opening) return;
    opening = true;
    launcher.show("loading");
    try {
      const [module, botText, wasm] = await parts.load();
      chat = await module.mountChat({ botUrl, botText, wasm, launcher, language, apiOrigins, toggled });
      chat.open(byUser);
    } catch (error) {
      launcher.show("failed");
      console.error(`latchkey: the chat is not available. ${error instanceof Error ? error.message : String(error)}`);
    }
    parts.drop();
    opening = false;
  };
  const prefetch = () => {
    if (!chat && !opening) parts.load().catch(() => {});
  };

  const { button } = launcher;
  for (const interest of ["pointerenter", "focus", "touchstart"]) button.addEventListener(interest, prefetch, { passive: true });
  button.addEventListener("click", () => (chat ? chat.toggle() : void open(true)));
  if (isRemembered(openKey)) void open(false);
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
  if (!script) {
    console.error('latchkey: no chat here, because only a plain script tag can name its bot: load latchkey.js without type="module".');
    return;
  }
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
