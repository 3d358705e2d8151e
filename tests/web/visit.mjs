/** What the browser tests do with a page that holds a chat: by roles and texts, as a visitor finds things. */
import { after, afterEach, before } from "node:test";
import { bankBot } from "./bank-bot.mjs";
import { chatTag, headlessShell, launchBrowser, page, startApi, startSite, styleSheet } from "./site.mjs";

/** The customer API's usual answers: C-1001 is a customer. */
export function usualAnswers({ url, headers }) {
  if (url.startsWith("/account")) return { body: { balance: "EUR 2,418.32" } };
  return headers.authorization === "C-1001" ? { body: { ok: true } } : { status: 401 };
}

/**
 * A bank's site for the tests of one file: `bank.visit()` opens its page in a fresh profile of a browser with `browserOptions`.
 * What a test changes in `bank.answer` and `bank.files` is undone after it, or by `bank.reset()`.
 */
export function useBank(browserOptions = { executablePath: headlessShell }) {
  const bank = { answer: usualAnswers, files: {} };
  let browser;
  let site;
  before(async () => {
    bank.api = await startApi((request) => bank.answer(request));
    bank.files = { "/style.css": styleSheet };
    bank.reset = () => {
      bank.answer = usualAnswers;
      bank.api.calls.length = 0;
      bank.files["/"] = page(chatTag);
      bank.files["/elsewhere.html"] = page("");
      bank.files["/bot.json"] = bankBot(bank.api.origin);
      for (const path of Object.keys(bank.files)) if (/^\/(latchkey|engine\.|languages\/)/.test(path)) delete bank.files[path];
    };
    bank.reset();
    site = await startSite(bank.files);
    bank.origin = site.origin;
    bank.requests = site.requests;
    browser = await launchBrowser(browserOptions);
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    bank.reset();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await bank.api?.close();
  });
  bank.visit = async (options = {}, prepare = () => {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", ...options });
    const tab = await context.newPage();
    tab.setDefaultTimeout(8000);
    tab.errors = [];
    tab.on("console", (message) => message.text().startsWith("latchkey:") && tab.errors.push(message.text()));
    tab.on("pageerror", (error) => tab.errors.push(`uncaught: ${error.message}`));
    await prepare(tab);
    await tab.goto(bank.origin);
    return tab;
  };
  return bank;
}

/** The strictest policy that the chat runs under, with a customer API at `api`. */
export const strictPolicy = (api, scripts = "'self' 'wasm-unsafe-eval'") =>
  `default-src 'none'; script-src ${scripts}; style-src 'self'; connect-src 'self' ${api}; img-src 'self' data:; media-src 'self'; base-uri 'none'; ` +
  "object-src 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

/** Collects violations of the policy and unexpected movements of the page, from its very beginning. */
export const watch = (tab) => tab.addInitScript(() => {
  globalThis.violations = [];
  globalThis.shifts = 0;
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => globalThis.violations.push(`${violatedDirective} ${blockedURI}`));
  new PerformanceObserver((list) => { for (const { value } of list.getEntries()) globalThis.shifts += value; }).observe({ type: "layout-shift", buffered: true });
});

/** What `watch` has seen until now, `[violations, shifts]`: the browser tells of both a frame later. */
export const watched = (tab) => tab.evaluate(async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  return [globalThis.violations, globalThis.shifts];
});

/** The bot file, with requests that may take as long as the engine lets them. */
export const patient = (bot) => bot.replace('"timeoutSeconds":5', '"timeoutSeconds":60');

export const launcher = (tab) => tab.getByRole("region", { name: "Chat" }).getByRole("button");
export const panel = (tab) => tab.getByRole("dialog");
export const log = (tab) => tab.getByRole("log");
export const field = (tab) => tab.getByRole("dialog").getByLabel(/^Your (message|answer)/);
export const says = (tab, text) => log(tab).getByText(text, { exact: true }).last().waitFor();

export async function openChat(tab) {
  await tab.getByRole("button", { name: "Open chat" }).click();
  await panel(tab).waitFor();
}

/** By the menu of the panel. */
export async function askToEnd(tab, { moreOptions = "More options", endChat = "End chat" } = {}) {
  await panel(tab).getByRole("button", { name: moreOptions }).click();
  await panel(tab).locator("#menu").getByRole("button", { name: endChat }).click();
}

export async function write(tab, text) {
  await field(tab).fill(text);
  await field(tab).press("Enter");
}

export async function signIn(tab, id = "C-1001") {
  await openChat(tab);
  await says(tab, "What is your customer ID?");
  await sealed(tab);
  await write(tab, id);
}

/** Where it can be, what is sensitive outlives a reload from here on. */
export const sealed = (tab) => tab.waitForFunction(() => {
  try {
    return Object.values({ ...sessionStorage }).some((text) => text.includes('"sealed":"'));
  } catch {
    return true;
  }
}, null, { timeout: 8000 }).catch(() => {});

export const stored = (tab, bot = "test-bank") => tab.evaluate((key) => sessionStorage.getItem(key), `latchkey:${bot}`);

/** The element that holds the open panel, with the properties that a page's own code may set. */
export const panelElement = (tab) => panel(tab).evaluateHandle((dialog) => dialog.getRootNode().host);
