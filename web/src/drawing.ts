/** What `<latchkey-chat>` shows with its options as they are: the launcher, and the chat as soon as somebody wants it. */
import type { Chat, ChatModule } from "./chat-module.js";
import { createLauncher } from "./launcher.js";
import { choose, firstWords } from "./languages.js";
import type { OptionName } from "./options.js";
import type { Json } from "./protocol.js";

/** A part that has not come after this long will not come: the visitor is told so and may try again. */
const timeoutMs = 30_000;

export interface Drawing {
  /** the chat, when it is loaded */
  readonly chat: Chat | undefined;
  /** Loads the chat; after a failure, which the launcher tells, anew. */
  load(): Promise<Chat>;
  /** Loads the chat and opens it. See Chat.open. */
  open(byUser?: boolean): Promise<void>;
  stop(): void;
}

/**
 * Some browsers remember a module that failed to load: another address makes them try again. There are four, in turn, so
 * that the import map of a page can hold an integrity for each (web/integrity.mjs writes them).
 */
let retry = "";

/** Draws into `root`; nothing when the element has no bot. `home`: where our other files lie, unless an option says it. */
export function draw(element: HTMLElement, root: ShadowRoot, home: string, attributes: Record<string, Json>): Drawing | undefined {
  const option = (name: OptionName) => element.getAttribute(name);
  const absolute = (url: string, base: string = document.baseURI) => new URL(url, base).href;
  const bot = option("bot");
  if (!bot) {
    console.error('latchkey: no bot is named. Write data-bot="bot.json".');
    return;
  }
  const botUrl = absolute(bot);
  const base = absolute(option("base") ?? home);
  const pageLanguage = option("language") || element.closest<HTMLElement>("[lang]")?.lang || "";
  const openKey = `latchkey:open:${botUrl}`;
  element.style.setProperty("--place", `${[...document.querySelectorAll(element.localName + ":not([layout=inline])")].indexOf(element)}`);
  const launcher = createLauncher(element, root, option("label"), option("contact"), pageLanguage);
  launcher.say(firstWords(choose(pageLanguage ? [pageLanguage] : navigator.languages)));

  let chat: Chat | undefined;
  let preparing: ReturnType<ChatModule["prepareChat"]> | null = null;
  let stopped = false;

  const prepare = async () => {
    const request = (url: string): Promise<Response | Error> => fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((error) => error);
    const parts = { bot: request(botUrl), wasm: request(absolute("latchkey.wasm", base)) };
    const code = absolute(`latchkey-chat.js${retry}`, base);
    const module: ChatModule = await import(code).catch((error) => {
      retry = retry[2] ? "" : `${retry}?`;
      throw Error(`${code} could not be loaded (${error}). Put it beside latchkey.js and allow it in script-src.`);
    });
    return module.prepareChat({ ...parts, element, launcher, base, botUrl, openKey, pageLanguage, attributes });
  };
  const prepared = () => (preparing ??= prepare());
  const load = async () => {
    try {
      chat = await (await prepared())();
    } catch (error) {
      preparing = null;
      launcher.show("failed");
      const { message } = error as Error;
      console.error(`latchkey: The chat is not available. ${message}`);
      element.dispatchEvent(new CustomEvent("latchkey-error", { detail: { code: "unavailable", message }, bubbles: true, composed: true }));
      throw error;
    }
    if (stopped) chat.stop();
    return chat;
  };
  const open = async (byUser?: boolean) => {
    if (!chat) launcher.show("loading");
    (await load()).open(byUser);
  };
  const interested = () => void prepared().catch(() => (preparing = null));
  // The launcher has told how it went.
  const opened = (byUser?: boolean) => void open(byUser).catch(() => {});

  const { button } = launcher;
  for (const interest of ["pointerenter", "focus"]) button.addEventListener(interest, interested);
  button.addEventListener("click", () => (chat ? chat.toggle() : opened(true)));
  if (option("load") === "idle") (globalThis.requestIdleCallback ?? setTimeout)(interested);
  const watcher = new IntersectionObserver(([seen]) => {
    if (seen!.isIntersecting) {
      watcher.disconnect();
      opened(false);
    }
  });
  if (option("layout") === "inline") watcher.observe(element);
  else if (isStored(openKey)) opened(false);

  return {
    get chat() { return chat; },
    load,
    open,
    stop() {
      stopped = true;
      watcher.disconnect();
      chat?.stop();
      root.replaceChildren();
    },
  };
}

/** Without storage the chat is closed after a reload. */
function isStored(key: string): boolean {
  try {
    return sessionStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}
