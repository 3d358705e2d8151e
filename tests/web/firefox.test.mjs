/** The chat in Firefox: every part that rests on what browsers do differently. What the parts do in detail, the other files test. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { startCustomerApi } from "../../web/demo/customer-api.mjs";
import { startDemoSite } from "../../web/demo/site.mjs";
import { testCustomers } from "../../web/demo/test-customers.mjs";
import { focused, isAccessible } from "./assistive.mjs";
import { bankBot } from "./bank-bot.mjs";
import { boxOf, count, everything, field, find, gone, openChat, press, says, shown, style, useFirefox, withoutFirefox, write } from "./firefox.mjs";
import { richBot, richFiles } from "./rich-bot.mjs";
import { chatTag, page, startApi, startSite, styleSheet } from "./site.mjs";
import { strictPolicy, usualAnswers } from "./visit.mjs";

const [ada] = testCustomers;
const balance = "Your balance is EUR 2,418.32.";
const question = "What is your customer ID?";
const elsewhere = "This chat has ended because you signed out in another tab.";
const phone = { width: 390, height: 844 };
const signedIn = { text: /^Signed in (as .* )?until/ };
const panel = { role: "dialog" };
const words = (language) => JSON.parse(readFileSync(join(import.meta.dirname, `../../web/src/languages/${language}.json`), "utf8"));

describe("Firefox", { skip: withoutFirefox, concurrency: false }, () => {
  const firefox = useFirefox();
  const files = {};
  let api, site;
  /** The page at `/`, under the strictest policy, and the bot file. */
  const serve = (body = chatTag, bot = bankBot(api.origin), head = "") => {
    files["/"] = { body: page(body, head), headers: { "content-security-policy": strictPolicy(api.origin) } };
    files["/bot.json"] = bot;
  };
  before(async () => {
    api = await startApi(usualAnswers);
    site = await startSite(files);
  });
  after(async () => {
    await site?.close();
    await api?.close();
  });
  beforeEach(() => {
    Object.assign(files, { "/style.css": styleSheet, "/elsewhere.html": page("") }, richFiles());
    serve();
  });
  const visit = (options) => firefox.visit(site.origin, options);
  const signIn = async (tab) => {
    await openChat(tab);
    await says(tab, question);
    await write(tab, "C-1001");
    await says(tab, "What can I do for you?");
    return tab;
  };
  /** An open chat that was told a word. */
  const hear = async (word, options) => {
    serve(chatTag, richBot());
    const tab = await visit(options);
    await openChat(tab);
    await says(tab, "Say a word.");
    await write(tab, word);
    return tab;
  };

  describe("on the demo bank", () => {
    let folder, bankApi, bank;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "latchkey-firefox-"));
      bankApi = await startCustomerApi({ port: 0, siteOrigin: () => bank?.origin ?? "", databaseFile: join(folder, "bank.sqlite") });
      bank = await startDemoSite({ port: 0, apiOrigin: bankApi.origin, dist: join(import.meta.dirname, "../../web/dist") });
    });
    after(async () => {
      await bank?.close();
      await bankApi?.close();
      await rm(folder, { recursive: true });
    });
    const asks = (tab, text) => tab.waitForFunction(async (wanted) =>
      (await document.querySelector("latchkey-chat").transcript()).at(-1)?.text === wanted, {}, text);
    async function giveCredentials(tab, { id, passcode }) {
      await asks(tab, question);
      await write(tab, id);
      await asks(tab, "And your passcode?");
      await write(tab, passcode);
    }

    test("a wrong passcode, the right one, the secured dialog, a reload, the end of the time, and the way out", async () => {
      const tab = await firefox.visit(bank.origin);
      await openChat(tab);
      await asks(tab, question);
      assert.equal(await (await field(tab)).evaluate((node) => node.type), "password");
      await giveCredentials(tab, { ...ada, passcode: "wrong" });
      await press(tab, "Try again");
      await giveCredentials(tab, ada);
      await says(tab, "What would you like to do?");
      await says(tab, /Current account, ending 0217: £1,842\.50/);
      await find(tab, { text: /^Signed in as .••••8256. until .*\d/ });
      await tab.waitForFunction(() => sessionStorage.getItem("latchkey:acme-bank").includes('"sealed":"'));
      await tab.reload();
      await says(tab, "What would you like to do?");
      await find(tab, signedIn);
      await press(tab, { role: "button", name: "+5 min", onPage: true });
      await tab.waitForFunction(() => !JSON.parse(sessionStorage.getItem("latchkey:acme-bank")).authenticated);
      await gone(tab, signedIn);
      assert.doesNotMatch(await shown(tab), /1,842/);
      await press(tab, { role: "button", name: "Recent transactions" });
      await giveCredentials(tab, ada);
      await says(tab, /Your latest transactions:/);
      await find(tab, signedIn);
      await press(tab, "Sign out");
      await gone(tab, signedIn);
      assert.doesNotMatch(await shown(tab), /1,842|Your latest transactions/);
    });
  });

  describe("a tab", () => {
    test("that another opened begins anew, and signing out in one signs out in all", async () => {
      const tab = await signIn(await visit());
      const popup = new Promise((open) => tab.once("popup", open));
      await tab.evaluate(() => void window.open("/"));
      const copy = await firefox.adopt(await popup);
      await says(copy, question);
      assert.doesNotMatch(await everything(copy), /2,418|[-•]1001|Signed in/);
      await write(copy, "C-1001");
      await says(copy, balance);
      const other = await signIn(await visit({ beside: tab }));
      await tab.bringToFront();
      await press(tab, { role: "button", text: "Sign out" });
      for (const one of [copy, other]) {
        await one.bringToFront();
        await says(one, elsewhere);
        assert.doesNotMatch(await everything(one), /2,418|[-•]1001|Signed in/);
      }
    });

    test("that comes back out of the back/forward cache after the time shows nothing secured in the first frame", async () => {
      serve(chatTag, bankBot(api.origin, { timeoutMinutes: 0.1 }));
      const tab = await signIn(await visit());
      await tab.evaluate(() => addEventListener("pageshow", ({ persisted }) => {
        if (!persisted) return;
        const chat = document.querySelector("latchkey-chat").shadowRoot.querySelector("latchkey-panel").shadowRoot;
        const read = () => chat.querySelector("latchkey-messages").shadowRoot.textContent + chat.textContent;
        globalThis.atReturn = [read()];
        requestAnimationFrame(() => globalThis.atReturn.push(read()));
      }, { capture: true }));
      assert.match(await shown(tab), /2,418/);
      await tab.goto(`${site.origin}/elsewhere.html`);
      await new Promise((later) => setTimeout(later, 6500));
      await tab.evaluate(() => history.back());
      await tab.waitForFunction(() => globalThis.atReturn?.length === 2);
      const seen = (await tab.evaluate(() => globalThis.atReturn)).join();
      assert.doesNotMatch(seen, /2,418|Signed in as/);
      assert.match(seen, /What was said while signed in is hidden/);
    });

    test("that comes back in time goes on, the same document", async () => {
      const tab = await signIn(await visit());
      await tab.evaluate(() => (globalThis.isTheSame = true));
      await tab.goto(`${site.origin}/elsewhere.html`);
      await tab.evaluate(() => history.back());
      await says(tab, balance);
      assert.equal(await tab.evaluate(() => globalThis.isTheSame), true);
      await press(tab, "Leave a note");
      await says(tab, "What shall I note?");
    });

    test("whose storage throws talks from memory", async () => {
      const tab = await visit({ prepare: (one) => one.evaluateOnNewDocument(() => {
        for (const name of ["getItem", "setItem", "removeItem"]) Storage.prototype[name] = () => { throw new DOMException("no", "SecurityError"); };
      }) });
      await signIn(tab);
      await press(tab, "Balance");
      await tab.waitForFunction((text) => {
        const chat = document.querySelector("latchkey-chat").shadowRoot.querySelector("latchkey-panel").shadowRoot;
        return chat.querySelector("latchkey-messages").shadowRoot.textContent.split(text).length === 3;
      }, {}, balance);
    });
  });

  describe("a page", () => {
    test("holds the chat inline, and talks with it", async () => {
      serve('<latchkey-chat bot="/bot.json" layout="inline"></latchkey-chat><script src="/latchkey.js"></script>');
      const tab = await visit({ prepare: (one) => one.evaluateOnNewDocument(() => {
        globalThis.heard = [];
        for (const name of ["message", "authentication", "close"]) addEventListener(`latchkey-${name}`, ({ detail }) => globalThis.heard.push([name, detail]));
      }) });
      await tab.evaluate(() => document.querySelector("latchkey-chat").scrollIntoView());
      await says(tab, question);
      const box = await boxOf(tab, panel);
      assert.deepEqual(box, await tab.evaluate(() => {
        const { x, y, width, height } = document.querySelector("latchkey-chat").getBoundingClientRect();
        return { x, y, width, height };
      }));
      assert.equal(box.height, 600);
      assert.equal(await tab.evaluate(() => document.activeElement.localName), "body");
      assert.equal(await tab.evaluate(() => document.querySelector("latchkey-chat").send("C-1001")), true);
      await says(tab, balance);
      const heard = await tab.evaluate(() => globalThis.heard);
      assert.ok(heard.some(([name, detail]) => name === "authentication" && detail.authenticated === true), JSON.stringify(heard));
      assert.ok(heard.some(([name]) => name === "message"));
      await tab.evaluate(() => document.querySelector("latchkey-chat").signOut());
      await gone(tab, signedIn);
    });

    test("names one accent, from which all colours are computed, light and dark", async () => {
      files["/theme.css"] = ":root { --latchkey-accent: #702020 }";
      serve(chatTag, undefined, '<link rel="stylesheet" href="/theme.css">');
      for (const [scheme, expected] of [["light", "rgb(112, 32, 32)"], ["dark", /^oklch\(0\.82\d* 0\.1 24\./]]) {
        const tab = await visit({ scheme });
        assert.match(await style(tab, { role: "button", name: "Open chat" }, "backgroundColor"), expected instanceof RegExp ? expected : /^rgb\(112, 32, 32\)$/);
        await signIn(tab);
        const bubble = await (await find(tab, { text: "••••1001" })).evaluate((node) => getComputedStyle(node.closest(".bubble")).backgroundColor);
        assert.match(bubble, scheme === "dark" ? /^oklch\(0\.\d+ 0\.\d+ 2\d\./ : /^rgb\(112, 32, 32\)$/);
        const paper = await style(tab, panel, "backgroundColor");
        assert.equal(paper, scheme === "dark" ? "rgb(21, 27, 37)" : "rgb(255, 255, 255)");
      }
    });

    for (const [language, direction] of [["de", "ltr"], ["ar", "rtl"]]) {
      test(`in the language ${language} has the chat in it`, async () => {
        serve(chatTag.replace(" data-bot", ` data-language="${language}" data-bot`));
        const tab = await visit();
        const { launcher, chat } = words(language);
        await press(tab, { role: "button", name: /./ });
        await says(tab, chat.subtitle);
        assert.equal(await style(tab, panel, "direction"), direction);
        await find(tab, { role: "button", name: launcher.close });
      });
    }

    test("of a phone's size is covered by the chat, which the back button closes", async () => {
      const tab = await visit({ viewport: phone });
      await tab.goto(`${site.origin}/elsewhere.html`);
      await tab.goto(site.origin);
      await openChat(tab);
      await says(tab, question);
      assert.deepEqual(await boxOf(tab, panel), { x: 0, y: 0, ...phone });
      await tab.waitForFunction(() => history.state?.latchkeyChat);
      await tab.evaluate(() => history.back());
      await gone(tab, panel);
      assert.equal(new URL(tab.url()).pathname, "/");
      assert.equal(await focused(tab), "Open chat");
      await tab.evaluate(() => history.back());
      await tab.waitForFunction(() => location.pathname === "/elsewhere.html");
    });
  });

  describe("a message", () => {
    test("of cards moves by its buttons and by keys, and a card sends its value", async () => {
      const tab = await hear("cards");
      await says(tab, "1 / 3");
      await press(tab, "Next card");
      await says(tab, "2 / 3");
      await press(tab, "Previous card");
      await says(tab, "1 / 3");
      await (await find(tab, { role: "list" })).focus();
      await tab.keyboard.press("ArrowRight");
      await says(tab, "2 / 3");
      await tab.keyboard.press("ArrowLeft");
      await says(tab, "1 / 3");
      await press(tab, "Open an account");
      await says(tab, "You chose Open an account.");
    });

    test("with an image opens it large, and Escape brings the focus back to the chat", async () => {
      const name = "A map of the branches";
      const tab = await hear("image");
      await press(tab, { role: "img", name });
      const large = { role: "dialog", name };
      await find(tab, large);
      await tab.waitForFunction((wanted) => {
        const all = (root) => [...root.querySelectorAll("*")].flatMap((node) => [node, ...(node.shadowRoot ? all(node.shadowRoot) : [])]);
        return all(document).some((node) => node.alt === wanted && node.clientWidth > 1000);
      }, {}, name);
      assert.equal(await focused(tab), "Close image");
      await tab.keyboard.press("Escape");
      await gone(tab, large);
      assert.equal(await count(tab, panel), 1, "the chat stays open");
    });

    test("of sound is as high as the controls of Firefox", async () => {
      const tab = await hear("audio");
      const box = await tab.waitForFunction(() => {
        const deep = (root) => [...root.querySelectorAll("*")].flatMap((node) => [node, ...(node.shadowRoot ? deep(node.shadowRoot) : [])]);
        const { width, height } = deep(document).find((node) => node.localName === "audio")?.getBoundingClientRect() ?? {};
        return height && [width, height];
      });
      assert.deepEqual(await box.jsonValue(), [320, 40]);
    });

    test("of markdown has its marks", async () => {
      const tab = await hear("markdown");
      const bold = await find(tab, { text: "Ada" });
      assert.equal(await bold.evaluate((node) => node.localName), "strong");
      const link = await find(tab, { role: "link", name: "the prices" });
      assert.deepEqual(await link.evaluate((node) => [node.href, node.rel, node.target]), ["https://bank.example/prices", "noopener noreferrer", "_blank"]);
      assert.equal(await count(tab, { role: "listitem", text: /^(Take|Add|Send)/ }), 3);
    });

    test("that asks for a date is answered by the calendar of Firefox", async () => {
      serve(chatTag, JSON.stringify({
        latchkey: 1, id: "test-bank", name: "Test Bank assistant", attributes: [{ name: "day", type: "date" }],
        dialogs: [{ id: "default", elements: [{ type: "saveResponse", attribute: "day", text: "Which day?" }, { type: "text", text: "Noted: {{ day }}" }] }],
      }));
      const tab = await visit();
      await openChat(tab);
      const calendar = await find(tab, { role: "button", name: "Choose a date" });
      // The days in it are Firefox's own, which no test can press. Whether it may be opened here, `showPicker` tells by throwing.
      await calendar.evaluate((button) => {
        const input = button.nextElementSibling;
        const { showPicker } = HTMLInputElement.prototype;
        input.showPicker = function () {
          showPicker.call(this);
          this.value = "2026-04-01";
          this.dispatchEvent(new Event("change"));
        };
      });
      await calendar.click();
      await tab.waitForFunction(() => {
        const deep = (root) => [...root.querySelectorAll("*")].flatMap((node) => [node, ...(node.shadowRoot ? deep(node.shadowRoot) : [])]);
        return deep(document).some((node) => node.localName.match(/^(input|textarea)$/) && node.type !== "date" && node.value === "2026-04-01");
      });
      await (await field(tab)).focus();
      await tab.keyboard.press("Enter");
      await says(tab, /^Noted: /);
    });
  });

  for (const [name, options] of Object.entries({ light: {}, dark: { scheme: "dark" }, "on a phone, dark": { scheme: "dark", viewport: phone } })) {
    test(`axe finds nothing in any state: ${name}`, async () => {
      files["/"] = page(chatTag);
      const tab = await visit(options);
      await isAccessible(tab, "closed");
      await openChat(tab);
      await says(tab, question);
      await isAccessible(tab, "open");
      await write(tab, "C-1001");
      await says(tab, "What can I do for you?");
      await find(tab, signedIn);
      await isAccessible(tab, "signed in");
      await press(tab, "More options");
      await find(tab, { role: "button", name: "End chat" });
      await isAccessible(tab, "with the menu");
      await tab.keyboard.press("Escape");
      await press(tab, "Goodbye");
      await says(tab, "This chat has ended.");
      await isAccessible(tab, "ended");
    });
  }
});
