/** latchkey-chat.js: makes bot, runtime and panel out of what the loader fetched. */
import type { Chat, ChatRequest } from "../chat-module.js";
import { BotError, describeProblem, loadBot, type Bot } from "../engine.js";
import { createBrowserHost } from "../host.js";
import { Runtime } from "../runtime.js";
import { joinTabs } from "../tabs.js";
import { chatEnglish } from "../texts.js";
import { complete, voiceOf } from "../words.js";
import { ChatPanel } from "./chat.js";
import { Composer } from "./composer.js";
import { Messages } from "./messages.js";
import { Session } from "./session.js";

/** See ChatModule. */
export async function mountChat(request: ChatRequest): Promise<Chat> {
  const bot = await load(request);
  const { host: target, root, button, english } = request.launcher;
  const language = request.language ?? (document.documentElement.lang || null);
  const { lang, chat } = complete({ lang: "en", launcher: english, chat: chatEnglish, rich: null }, request.spoken);
  defineElements();
  const panel = document.createElement("latchkey-chat") as ChatPanel;
  const apiOrigins = originsOf(request.apiOrigins);
  const handedOver = (taken: boolean) => (panel.isTaken = taken);
  const host = createBrowserHost({ botId: bot.id, apiOrigins, language, target, handedOver });
  const session = new Session({
    converse: (changed) => new Runtime(bot, host, changed),
    forget: () => host.save(null),
    changed: () => panel.requestUpdate(),
  });
  panel.session = session;
  panel.botName = bot.name;
  panel.botLanguage = bot.language;
  panel.texts = { ...chat, ...voiceOf(lang, [language ?? "", bot.language, ...navigator.languages], request.spoken) };
  panel.toggled = (open) => {
    request.toggled(open);
    if (!open) button.focus();
  };
  host.signedOut = await joinTabs(`latchkey:${bot.id}`, host, session);
  // A live region announces what comes into it: it must be there before the first message of a new conversation.
  const isNew = host.load() === null;
  if (!isNew) session.start();
  root.append(panel);
  await panel.updateComplete;
  try {
    if (isNew) session.start();
  } catch (error) {
    panel.remove();
    throw error;
  }

  return {
    open: (byUser) => void panel.open(byUser),
    toggle: () => (panel.isOpen ? panel.close() : void panel.open(true)),
  };
}

function defineElements(): void {
  const elements = { "latchkey-chat": ChatPanel, "latchkey-messages": Messages, "latchkey-composer": Composer };
  for (const [name, element] of Object.entries(elements)) {
    // Another script tag with another copy of this file may have been first.
    if (!customElements.get(name)) customElements.define(name, element);
  }
}

async function load({ botUrl, botText, wasm }: ChatRequest): Promise<Bot> {
  try {
    return await loadBot(botText, { wasm });
  } catch (error) {
    if (error instanceof BotError) {
      throw new Error([`The bot file ${botUrl} is wrong:`, ...error.problems.map(describeProblem)].join("\n  "));
    }
    const reason = String(error);
    throw /unsafe-eval|content security policy/i.test(reason)
      ? new Error(`The page's Content-Security-Policy refuses WebAssembly: add 'wasm-unsafe-eval' to its script-src. (${reason})`)
      : new Error(`The engine could not be started (${reason}). Is latchkey.wasm of the same build as latchkey.js?`);
  }
}

/** The origins in `data-api-origins`; "self" is the page's own. */
function originsOf(attribute: string | null): string[] | null {
  const words = attribute?.split(/[\s,]+/).filter(Boolean);
  return words?.map((word) => (word === "self" ? location.origin : (URL.parse(word)?.origin ?? word))) ?? null;
}
