/**
 * The one script that a page includes: `<script src="latchkey.js" data-bot="bot.json"></script>`. It draws the launcher
 * and fetches engine, chat and bot when the visitor shows interest. Whatever fails, the page goes on as if it were not there.
 */
import type { Chat } from "./chat-module.js";
import { createLauncher } from "./launcher.js";
import { choose, firstWords } from "./languages.js";
import { createParts } from "./parts.js";

function start(script: HTMLScriptElement, body: Element, bot: string): void {
  const botUrl = new URL(bot, document.baseURI).href;
  const { label = null, language = null, apiOrigins = null, texts = null } = script.dataset;
  const pageLanguage = language || document.documentElement.lang;
  const openKey = `latchkey:open:${botUrl}`;
  const launcher = createLauncher(body, label, pageLanguage);
  launcher.say(firstWords(choose(pageLanguage ? [pageLanguage] : navigator.languages)));
  const parts = createParts({ base: script.src, botUrl, pageLanguage, texts, say: launcher.say });
  let chat: Chat | null = null;
  let opening = false;

  const toggled = (open: boolean) => {
    launcher.show(open ? "open" : "closed");
    inStorage((storage) => (open ? storage.setItem(openKey, "") : storage.removeItem(openKey)));
  };
  const open = async (byUser: boolean) => {
    if (opening) return;
    opening = true;
    launcher.show("loading");
    try {
      const [module, botText, wasm, spoken] = await parts.load();
      chat = await module.mountChat({ botUrl, botText, wasm, launcher, language, spoken, apiOrigins, toggled });
      chat.open(byUser);
    } catch (error) {
      launcher.show("failed");
      console.error(`latchkey: the chat is not available. ${(error as Error).message}`);
    }
    parts.drop();
    opening = false;
  };
  const prefetch = () => {
    if (!chat && !opening) parts.load().catch(() => {});
  };

  const { button } = launcher;
  for (const interest of ["pointerenter", "focus"]) button.addEventListener(interest, prefetch);
  button.addEventListener("click", () => (chat ? chat.toggle() : void open(true)));
  if (inStorage((storage) => storage.getItem(openKey)) !== null) void open(false);
}

/** Without storage the chat is closed after a reload. */
function inStorage<Result>(use: (storage: Storage) => Result): Result | null {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}

function run(): void {
  const script = document.currentScript;
  // A module does not know its own tag.
  if (!(script instanceof HTMLScriptElement) || !script.dataset["bot"]) {
    console.error('latchkey: no script tag names a bot. Write <script src="latchkey.js" data-bot="bot.json"></script>, without type="module".');
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
      console.error(`latchkey: the launcher could not be drawn. ${error}`);
    }
    return true;
  };
  if (!draw()) document.addEventListener("DOMContentLoaded", draw);
}

run();
