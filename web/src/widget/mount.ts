/** latchkey-chat.js: makes bot, runtime and panel out of what the page's element fetched. */
import type { Chat, ChatRequest } from "../chat-module.js";
import { BotError, describeProblem, loadBot, startConversation, type Bot } from "../engine.js";
import { createBrowserHost, rememberOpen } from "../host.js";
import type { Language } from "../languages.js";
import type { Json, Problem } from "../protocol.js";
import { loadBeside } from "../load-beside.js";
import { Runtime } from "../runtime.js";
import { joinTabs } from "../tabs.js";
import { tell } from "../tell.js";
import { nextTask } from "../timer.js";
import { spokenLines } from "../transcript.js";
import { chatEnglish } from "../texts.js";
import { complete, voiceOf } from "../words.js";
import { ChatPanel } from "./chat.js";
import { Composer } from "./composer.js";
import { intact } from "./fetched.js";
import { fetchLanguage } from "./language-file.js";
import { Messages } from "./messages.js";
import type { MoreModule } from "./more-module.js";
import { News } from "./news.js";
import { Session } from "./session.js";

type NoWasmModule = typeof import("../no-wasm.js");

/** Of latchkey.wasm, from web/build.mjs. */
declare const wasmIntegrity: string;

/** See ChatModule. */
export async function prepareChat(request: ChatRequest): Promise<() => Promise<Chat>> {
  checkOptions(request.element);
  define("latchkey-panel", ChatPanel);
  const drawing = fetchLanguage(request).then(async (language) => {
    request.launcher.say(language.file);
    await nextTask();
    const panel = drawPanel(request, language);
    await nextTask();
    define("latchkey-messages", Messages);
    await nextTask();
    define("latchkey-composer", Composer);
    return panel;
  });
  // What cannot be loaded is told in the visitor's language.
  const [bot, panel] = await Promise.all([load(request), drawing]).catch(async (error) => {
    (await drawing).remove();
    throw error;
  });
  let mounting: Promise<Chat> | undefined;
  return () => (mounting ??= mountChat(request, bot, panel).catch((error) => {
    panel.remove();
    throw error;
  }));
}

/** The options that most pages have cannot be wrong; for others there is a file that tells what is. */
function checkOptions(element: HTMLElement): void {
  const odd = element.getAttributeNames().some((name) => !/^(bot|base|label|texts|id|class|style|dir|data-state)$/.test(name));
  if (odd) import(new URL("latchkey-options.js", import.meta.url).href).then((file: typeof import("./check-options.js")) => file.checkOptions(element), () => {});
}

/** The panel, closed, before it is known whose it is. Later it would hold up the first message. */
function drawPanel({ element, launcher: { button, english }, pageLanguage }: ChatRequest, spoken: Language): ChatPanel {
  const panel = document.createElement("latchkey-panel") as ChatPanel;
  const { lang, chat } = complete({ lang: "en", launcher: english, chat: chatEnglish, rich: null }, spoken);
  panel.texts = { ...chat, ...voiceOf(lang, [pageLanguage, ...navigator.languages], spoken) };
  panel.contactOption = element.getAttribute("contact");
  panel.inline = element.getAttribute("layout") === "inline";
  panel.toggleAttribute("inline", panel.inline);
  panel.toggleAttribute("laid-out", true);
  panel.setAttribute("exportparts", "panel, header, bot-message, user-message, option");
  let badge: Promise<(count: number) => void> | undefined;
  panel.unreadChanged = async (count) => {
    badge ??= loadBeside<MoreModule>("more").then((more) => more?.showUnread(element.shadowRoot!, button, panel.texts) ?? (() => {}));
    (await badge)(count);
  };
  // The page may have taken the chat away meanwhile.
  if (button.isConnected) element.shadowRoot!.append(panel);
  return panel;
}

async function mountChat({ element, launcher, pageLanguage, openKey, attributes }: ChatRequest, bot: Bot, panel: ChatPanel): Promise<Chat> {
  await nextTask();
  const { button } = launcher;
  const stop = new AbortController();
  const apiOrigins = originsOf(element.getAttribute("api-origins"));
  const handedOver = (taken: boolean) => (panel.isTaken = taken);
  const offline = (retry: (() => void) | null) => (panel.offline = retry);
  const host = createBrowserHost({ botId: bot.id, apiOrigins, language: pageLanguage || null, target: element, attributes, handedOver, offline });
  const news = new News(element);
  const session = new Session({
    converse: (changed) => new Runtime(bot, host, changed),
    forget: () => host.save(null),
    changed: () => {
      panel.requestUpdate();
      news.look(session.transcript);
    },
  });
  panel.awaited = element.dataset["state"] === "loading";
  panel.toggled = (open, hadFocus) => {
    launcher.show(open ? "open" : "closed");
    rememberOpen(openKey, open);
    tell(element, open ? "latchkey-open" : "latchkey-close", null);
    // Inline there is nothing to press as long as the chat is there.
    button.style.display = open && panel.inline ? "none" : "";
    if (!open && hadFocus) button.focus();
  };
  const leave = () => {
    stop.abort();
    session.stop();
    panel.remove();
  };
  try {
    host.signedOut = await joinTabs(`latchkey:${bot.id}`, host, session, stop.signal);
    const isNew = host.load() === null;
    // The page may have taken the chat away meanwhile: then it begins nothing.
    if (!isNew && panel.isConnected) session.start();
    news.begin(session.transcript);
    // A live region announces what comes into it: it must be there before the first message. Out of the page it would never be.
    if (panel.isConnected) await panel.updateComplete;
    panel.botName = bot.name;
    panel.botLanguage = bot.language;
    panel.texts = { ...panel.texts, ...voiceOf(panel.texts.lang, [pageLanguage, bot.language, ...navigator.languages], panel.texts.spoken) };
    await nextTask();
    let begunWith: Record<string, Json> = {};
    if (isNew && panel.isConnected) {
      dropRefused(bot, attributes);
      begunWith = { ...attributes };
      session.start();
    }
    await nextTask();
    panel.converse(session, isNew);
    await nextTask();
    // What the page has set meanwhile, or for a conversation that goes on.
    dropRefused(bot, attributes);
    const later = Object.entries(attributes).filter(([name, value]) => value !== begunWith[name]);
    if (later.length) session.setAttributes(Object.fromEntries(later));
  } catch (error) {
    leave();
    throw error;
  }

  return {
    // Who pressed a button of the page that opens it goes there too.
    open: (byUser) => void panel.open(byUser ?? navigator.userActivation?.isActive ?? false),
    close: () => panel.isOpen && panel.close(),
    toggle: () => (panel.isOpen ? panel.close() : void panel.open(true)),
    send: (text) => session.send(`${text}`),
    reset: () => {
      session.end();
      session.restart();
    },
    signOut: () => session.transcript.authenticated && session.signOut(),
    transcript: () => spokenLines(session.transcript),
    setAttributes: (given) => session.setAttributes(given),
    stop: leave,
  };
}

/** What the page set before the chat was there was not checked then: what the bot refuses is left out, and said. */
function dropRefused(bot: Bot, attributes: Record<string, Json>): void {
  for (const [name, value] of Object.entries(attributes)) {
    try {
      startConversation(bot, { now: 0, conversationId: "check", seed: 0, attributes: { [name]: value } });
    } catch (error) {
      delete attributes[name];
      console.warn(`latchkey: the attribute ${name} was not set. ${(error as Error).message}`);
    }
  }
}

/** Another copy of this file may have been first. */
function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

async function load({ element, bot, botUrl, base, wasm }: ChatRequest): Promise<Bot> {
  const [botBytes, engine] = await Promise.all([
    intact(bot, botUrl, "data-bot", element.getAttribute("bot-integrity")),
    intact(wasm, `${new URL("latchkey.wasm", base)}`, "latchkey.wasm", wasmIntegrity),
  ]);
  const botText = new TextDecoder().decode(botBytes);
  try {
    return await loadBot(botText, { wasm: engine });
  } catch (error) {
    if (error instanceof BotError) {
      throw new Error([`The bot file ${botUrl} is wrong:`, ...(await explain(botText, error.problems))].join("\n  "));
    }
    const reason = String(error);
    if (!/unsafe-eval|content security policy|csp|not defined|find variable/i.test(reason)) {
      throw new Error(`The engine could not be started (${reason}).`);
    }
    const translated = (await import(new URL("latchkey-no-wasm.js", import.meta.url).href).catch(() => null)) as NoWasmModule | null;
    if (translated) return loadBot(botText, { wasm: translated });
    throw new Error(`WebAssembly is refused here: lay latchkey-no-wasm.js beside latchkey.js, or add 'wasm-unsafe-eval' to its script-src. (${reason})`);
  }
}

/** The problems of a bot file, by the engine that has words for them: the page's own knows codes and places alone. */
async function explain(botText: string, problems: readonly Problem[]): Promise<string[]> {
  const url = new URL("engine.js", import.meta.url).href;
  try {
    const { checkBot } = (await import(url)) as typeof import("../engine.js");
    return (await checkBot(botText)).map(describeProblem);
  } catch {
    return [...problems.map(describeProblem), '"script/latchkey check" tells more.'];
  }
}

/** The origins in the option `api-origins`; "self" is the page's own. */
function originsOf(option: string | null): string[] | null {
  const words = option?.split(/[\s,]+/).filter(Boolean);
  return words?.map((word) => (word === "self" ? location.origin : (URL.parse(word)?.origin ?? word))) ?? null;
}
