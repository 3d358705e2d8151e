/**
 * A real Firefox for the tests, by WebDriver BiDi, and what they do with a page in it: by roles and texts, through open
 * shadow roots, with a real mouse and a real keyboard.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, afterEach } from "node:test";
import puppeteer from "../../web/node_modules/puppeteer-core/lib/puppeteer/puppeteer-core.js";

const executablePath = process.env.LATCHKEY_FIREFOX || "/usr/bin/firefox-esr";
const isUbuntu = /^ID=ubuntu$/m.test(existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "");

/** Why there are no tests in Firefox here, or false. Ubuntu alone is excused: elsewhere a missing Firefox fails. */
export const withoutFirefox = isUbuntu && !existsSync(executablePath) && "Ubuntu has Firefox only as a snap, which tests cannot drive";

const prefs = {
  "ui.prefersReducedMotion": 1,
  // Automation switches the back/forward cache off; here it is tested.
  "fission.bfcacheInParent": true,
  "fission.webContentIsolationStrategy": 1,
};
const patienceMs = 10_000;

/** Collects what no chat may cause: messages in the console that warn, uncaught errors, violations of the policy. */
function collectErrors(tab) {
  tab.errors = [];
  tab.on("console", (message) => ["error", "warn"].includes(message.type()) && tab.errors.push(message.text()));
  tab.on("pageerror", (error) => tab.errors.push(`uncaught: ${error.message}`));
  return tab.evaluateOnNewDocument(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`violates ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
  });
}

/**
 * Firefox for the tests of one file: `visit(address, options)` opens a page in a fresh profile, or in the one of another
 * tab (`beside`). After each test all tabs have to be without errors; `tab.errors` may be emptied by who expects some.
 */
export function useFirefox() {
  const browsers = {};
  const tabs = [];
  // The colour scheme is the whole browser's: a second one is started when the first test wants it.
  const browser = (scheme) => (browsers[scheme] ??= puppeteer.launch({
    browser: "firefox", executablePath, headless: true,
    extraPrefsFirefox: { ...prefs, "layout.css.prefers-color-scheme.content-override": scheme === "dark" ? 0 : 1 },
  }));
  async function adopt(tab, viewport) {
    tabs.push(tab);
    tab.setDefaultTimeout(patienceMs);
    await collectErrors(tab);
    if (viewport) await tab.setViewport(viewport);
    return tab;
  }
  afterEach(async () => {
    const errors = tabs.flatMap((tab) => tab.errors);
    const contexts = new Set(tabs.splice(0).map((tab) => tab.browserContext()));
    for (const context of contexts) await context.close();
    assert.deepEqual(errors, []);
  });
  after(async () => {
    for (const one of Object.values(browsers)) await (await one.catch(() => null))?.close();
  });
  return {
    adopt,
    async visit(address, { scheme = "light", viewport = { width: 1280, height: 800 }, beside, prepare = () => {} } = {}) {
      const context = beside?.browserContext() ?? await (await browser(scheme)).createBrowserContext();
      const tab = await adopt(await context.newPage(), viewport);
      await prepare(tab);
      await tab.goto(address);
      return tab;
    },
  };
}

/** In the page: what is seen and is as wanted, in the order of the page; in its chats alone, or `onPage`. */
function look({ role, name, text, onPage = false }) {
  const selectors = {
    button: "button", link: "a[href]", dialog: "dialog, [role=dialog]", textbox: "textarea, input:not([type=date], [type=hidden])",
    log: "[role=log]", img: "img, [role=img]", list: "ul, ol, [role=list]", listitem: "li", heading: "h1, h2, h3",
  };
  const fits = (wanted, given) => (wanted.source === undefined ? given === wanted : new RegExp(wanted.source, wanted.flags).test(given));
  const words = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const nameOf = (node) => node.getAttribute("aria-label") ?? (node.alt || node.labels?.[0]?.textContent) ?? words(node);
  const found = [];
  const walk = (root) => {
    for (const node of root.children ?? []) {
      if (node.shadowRoot) walk(node.shadowRoot);
      walk(node);
      if (role && !node.matches(selectors[role])) continue;
      if (name && !fits(name, nameOf(node).trim())) continue;
      if (text && (!fits(text, words(node)) || (!role && [...node.children].some((child) => fits(text, words(child)))))) continue;
      if (!(node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length)) continue;
      found.push(node);
    }
  };
  if (onPage) walk(document);
  else for (const chat of document.querySelectorAll("latchkey-chat")) if (chat.shadowRoot) walk(chat.shadowRoot);
  return found;
}
const finder = (which) => `(wanted) => { ${look} return (${which})(look(wanted)); }`;
const plain = (wanted) => Object.fromEntries(Object.entries(wanted).map(([key, value]) =>
  [key, value instanceof RegExp ? { source: value.source, flags: value.flags } : value]));
const asFunction = (which) => new Function(`return ${finder(which)}`)();

const polling = { polling: 50 };
const last = asFunction("(all) => all.at(-1) ?? null");
const howMany = asFunction("(all) => all.length");

/** The last that is as wanted, as soon as it is there: `{ role, name, text }`, each a text or a regular expression. */
export const find = (tab, wanted) => tab.waitForFunction(last, polling, plain(wanted)).then((handle) => handle.asElement(), (error) => {
  throw new Error(`${JSON.stringify(plain(wanted))} does not come`, { cause: error });
});
export const count = (tab, wanted) => tab.evaluate(howMany, plain(wanted));
export const gone = (tab, wanted) => tab.waitForFunction(asFunction("(all) => all.length === 0"), polling, plain(wanted));
export const says = (tab, text) => find(tab, { text });
export const press = async (tab, wanted) => (await find(tab, typeof wanted === "string" ? { role: "button", name: wanted } : wanted)).click();
export const field = (tab) => find(tab, { role: "textbox", name: /^Your (message|answer)/ });
export const boxOf = async (tab, wanted) => (await find(tab, wanted)).evaluate((node) => {
  const { x, y, width, height } = node.getBoundingClientRect();
  return { x, y, width, height };
});
export const style = async (tab, wanted, property) => (await find(tab, wanted)).evaluate((node, name) => getComputedStyle(node)[name], property);

export async function write(tab, text) {
  await (await field(tab)).focus();
  await tab.keyboard.type(text);
  await tab.keyboard.press("Enter");
}

export async function openChat(tab) {
  await press(tab, "Open chat");
  await find(tab, { role: "dialog" });
}

/** All texts in the page, seen or not. */
export const shown = (tab) => tab.evaluate(() => {
  const read = (root) => [...root.querySelectorAll("*")].map((node) => node.shadowRoot && read(node.shadowRoot)).join(" ") + root.textContent;
  return read(document.body);
});
/** And what the tab stores. */
export const everything = async (tab) => (await shown(tab)) + (await tab.evaluate(() => Object.values(sessionStorage).join(" ")));
