/** The ways in which a page holds a chat, and what it can do with it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bankBot } from "./bank-bot.mjs";
import { chatTag, page } from "./site.mjs";
import { blocks } from "./snippets.mjs";
import { launcher, log, openChat, panel, says, signIn, stored, useBank, watch, watched, write } from "./visit.mjs";

const bank = useBank();

const bare = '<script src="/latchkey.js"></script>';
const chat = (tab) => tab.locator("latchkey-chat");
const call = (tab, name, ...given) => chat(tab).evaluate((element, [method, args]) => element[method](...args), [name, given]);
/** Collects the chat's events, as a page does. */
const listen = (tab) => tab.evaluate(() => {
  globalThis.heard = [];
  for (const name of ["open", "close", "message", "authentication", "event", "hand-over", "error"]) {
    addEventListener(`latchkey-${name}`, ({ detail }) => globalThis.heard.push([name, detail]));
  }
});
const heard = (tab, name) => tab.evaluate((wanted) => globalThis.heard.filter(([one]) => one === wanted).map(([, detail]) => detail), name);

describe("docs/embedding.md", () => {
  const [script, element, opened] = blocks("docs/embedding.md", "html");
  const shows = (body) => {
    bank.files["/"] = page(body);
    bank.requests.length = 0;
    return bank.visit();
  };

  test("the script tag makes a launcher that opens a chat", async () => {
    const tab = await shows(script);
    await openChat(tab);
    await says(tab, "Welcome to Test Bank.");
    assert.deepEqual(tab.errors, []);
  });

  test("the inline element is there from the start", async () => {
    const tab = await shows(element);
    await says(tab, "Welcome to Test Bank.");
    assert.deepEqual(tab.errors, []);
  });

  test("a chat that is open from the start asks for each file once", async () => {
    const tab = await shows(opened);
    const warnings = [];
    tab.on("console", (message) => /preload/.test(message.text()) && warnings.push(message.text()));
    await says(tab, "Welcome to Test Bank.");
    for (const path of ["/latchkey.js", "/latchkey-chat.js", "/latchkey.wasm", "/bot.json"]) assert.equal(bank.requests.filter((one) => one === path).length, 1, path);
    // A browser that had no use for what the page names would say so.
    await tab.waitForTimeout(4000);
    assert.deepEqual([warnings, tab.errors], [[], []]);
  });
});

describe("the element <latchkey-chat>", () => {
  test("in the page's HTML is a chat, with the options of the script tag", async () => {
    bank.files["/"] = page(`<latchkey-chat bot="/bot.json" label="Ask us"></latchkey-chat>${bare}`);
    const tab = await bank.visit();
    await tab.getByRole("button", { name: "Ask us" }).click();
    await says(tab, "Welcome to Test Bank.");
    assert.deepEqual(tab.errors, []);
  });

  test("that a script makes works too, goes when it is removed, and goes on when it comes back", async () => {
    bank.files["/"] = page(bare);
    const tab = await bank.visit();
    assert.equal(await chat(tab).count(), 0);
    await tab.evaluate(() => {
      globalThis.chat = Object.assign(document.createElement("latchkey-chat"));
      globalThis.chat.setAttribute("bot", "/bot.json");
      document.body.append(globalThis.chat);
    });
    await signIn(tab);
    await says(tab, "Your balance is EUR 2,418.32.");
    await tab.evaluate(() => globalThis.chat.remove());
    assert.equal(await panel(tab).count(), 0);
    await tab.evaluate(() => document.body.append(globalThis.chat));
    await says(tab, "Your balance is EUR 2,418.32.");
    assert.equal(await chat(tab).evaluate(({ shadowRoot }) => shadowRoot.querySelectorAll("button, latchkey-panel").length), 2);
    await tab.getByRole("button", { name: "Leave a note" }).click();
    await says(tab, "What shall I note?");
    assert.deepEqual(tab.errors, []);
  });

  test("moved while it loads begins its conversation once", async () => {
    const bot = JSON.parse(bank.files["/bot.json"]);
    bot.dialogs[0].elements.unshift({ type: "api", method: "POST", url: `${bank.api.origin}/visitors` });
    bank.files["/bot.json"] = JSON.stringify(bot);
    const tab = await bank.visit();
    await chat(tab).evaluate((element) => {
      void element.open();
      document.querySelector("main").append(element);
    });
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    assert.equal(await log(tab).getByText(/could not be continued/).count(), 0);
    assert.equal(await log(tab).getByText("Welcome to Test Bank.").count(), 1);
    assert.equal(bank.api.calls.length, 1);
  });

  test("taken away while it loads leaves nothing behind", async () => {
    const tab = await bank.visit();
    await chat(tab).evaluate((element) => {
      globalThis.opened = element.open();
      element.remove();
      globalThis.gone = element;
    });
    await tab.evaluate(() => globalThis.opened);
    assert.equal(await tab.evaluate(() => globalThis.gone.shadowRoot.innerHTML), "");
    assert.deepEqual(tab.errors, []);
  });

  test("out of the page says so", async () => {
    const tab = await bank.visit();
    await assert.rejects(tab.evaluate(() => document.createElement("latchkey-chat").open()), /not in the page/);
  });

  test("loads when the page is idle, if it is told to", async () => {
    bank.files["/"] = page(chatTag.replace(" data-bot", ' data-load="idle" data-bot'));
    bank.requests.length = 0;
    let loaded;
    const tab = await bank.visit({}, (other) => void (loaded = other.waitForResponse(/latchkey\.wasm$/)));
    await loaded;
    await chat(tab).locator("latchkey-panel").waitFor({ state: "attached" });
    assert.equal(await panel(tab).count(), 0);
  });

  test("finds its other files at the address in base", async () => {
    const files = ["latchkey-chat.js", "latchkey.wasm"];
    for (const file of files) bank.files[`/files/${file}`] = { body: Buffer.from(await (await fetch(`${bank.origin}/${file}`)).arrayBuffer()), headers: {} };
    bank.files["/"] = page(chatTag.replace(" data-bot", ' data-base="/files/" data-bot'));
    bank.requests.length = 0;
    const tab = await bank.visit();
    await openChat(tab);
    await says(tab, "Welcome to Test Bank.");
    for (const file of files) assert.ok(bank.requests.includes(`/files/${file}`));
  });

  test("stands beside others, in their order", async () => {
    bank.files["/other.json"] = bankBot(bank.api.origin, { id: "other-bank", name: "Other Bank assistant" });
    bank.files["/"] = page(chatTag + chatTag.replace("bot.json", "other.json"));
    const tab = await bank.visit();
    const box = async (at) => tab.getByRole("button", { name: "Open chat" }).nth(at).boundingBox();
    assert.ok((await box(1)).x < (await box(0)).x);
  });
});

describe("a chat inline", () => {
  const inline = (before = "") => page(`${before}<latchkey-chat bot="/bot.json" layout="inline"></latchkey-chat>${bare}`);

  test("stands in its place, open as soon as it is seen, and lets the page's focus be", async () => {
    bank.files["/"] = inline();
    const tab = await bank.visit({}, watch);
    await says(tab, "What is your customer ID?");
    const [host, box] = [await chat(tab).boundingBox(), await panel(tab).boundingBox()];
    assert.deepEqual(box, host);
    assert.equal(host.height, 600);
    assert.equal(await tab.evaluate(() => document.activeElement.localName), "body");
    assert.equal(await chat(tab).getByRole("button", { name: /chat$/ }).filter({ visible: true }).count(), 0, "nothing closes or opens it");
    await write(tab, "C-1001");
    await says(tab, "Your balance is EUR 2,418.32.");
    await tab.keyboard.press("Escape");
    assert.equal(await panel(tab).isVisible(), true);
    assert.deepEqual(await watched(tab), [[], 0]);
    assert.deepEqual(tab.errors, []);
  });

  test("below the fold costs nothing until somebody scrolls there", async () => {
    bank.files["/tall.css"] = "main { height: 3000px }";
    bank.files["/"] = inline('<link rel="stylesheet" href="/tall.css">');
    bank.requests.length = 0;
    const tab = await bank.visit();
    await tab.waitForTimeout(300);
    assert.ok(!bank.requests.includes("/latchkey-chat.js"));
    await chat(tab).scrollIntoViewIfNeeded();
    await says(tab, "Welcome to Test Bank.");
  });

  test("on a phone stays in its place", async () => {
    bank.files["/"] = inline();
    const tab = await bank.visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await chat(tab).scrollIntoViewIfNeeded();
    await says(tab, "What is your customer ID?");
    assert.deepEqual(await panel(tab).boundingBox(), await chat(tab).boundingBox());
  });

  test("that is not available says so in its place, and tries again when it is pressed", async () => {
    bank.files["/latchkey.wasm"] = { status: 404, body: "" };
    bank.files["/"] = inline();
    const tab = await bank.visit();
    await chat(tab).getByText("The chat is not available right now.").waitFor();
    bank.reset();
    await launcher(tab).click();
    await says(tab, "What is your customer ID?");
  });
});

describe("a chat that is not available", () => {
  test("leaves the page's contacts at the launcher", async () => {
    bank.files["/"] = page(chatTag.replace(" data-bot", ' data-contact="mailto:help@bank.example tel:+4912345 https://bank.example/contact javascript:alert(1)" data-bot'));
    bank.files["/latchkey.wasm"] = { status: 404, body: "" };
    const tab = await bank.visit();
    await listen(tab);
    await tab.getByRole("button", { name: "Open chat" }).click();
    const links = chat(tab).getByRole("link");
    await links.first().waitFor();
    assert.deepEqual(await links.evaluateAll((all) => all.map(({ href, textContent }) => [href, textContent])), [
      ["mailto:help@bank.example", "help@bank.example"],
      ["tel:+4912345", "+4912345"],
      ["https://bank.example/contact", "bank.example/contact"],
    ]);
    const [{ code, message }] = await heard(tab, "error");
    assert.equal(code, "unavailable");
    assert.match(message, /latchkey\.wasm answered 404/);
  });

  test("rejects what the page asks of it, and says why", async () => {
    bank.files["/bot.json"] = "{";
    const tab = await bank.visit();
    await assert.rejects(call(tab, "send", "Hello"), /jsonSyntax/);
  });
});

describe("what a page can do", () => {
  test("open, send, read, close: the visitor sees it, and the page hears of it", async () => {
    const tab = await bank.visit();
    await listen(tab);
    await call(tab, "open");
    await says(tab, "What is your customer ID?");
    assert.equal(await call(tab, "send", "C-1001"), true);
    await says(tab, "Your balance is EUR 2,418.32.");
    const said = (await call(tab, "transcript")).map(({ from, text }) => `${from}: ${text}`);
    assert.deepEqual(said, [
      "bot: Welcome to Test Bank.", "bot: What is your customer ID?", "user: ••••1001", "bot: You are verified, ••••1001.",
      "bot: Your balance is EUR 2,418.32.", "bot: What can I do for you?",
    ]);
    assert.deepEqual((await heard(tab, "message")).map(({ from, text }) => `${from}: ${text}`), said);
    const [signed] = await heard(tab, "authentication");
    assert.equal(signed.authenticated, true);
    assert.match(signed.expiresAt, /^\d{4}-.*Z$/);
    await call(tab, "close");
    await panel(tab).waitFor({ state: "detached" });
    assert.deepEqual([(await heard(tab, "open")).length, (await heard(tab, "close")).length], [1, 1]);
    assert.ok(!JSON.stringify(await tab.evaluate(() => globalThis.heard)).includes("C-1001"));
  });

  test("open by itself, and the focus stays where it was", async () => {
    bank.files["/help.js"] = 'document.querySelector("latchkey-chat").open()';
    bank.files["/"] = page(`${chatTag}<script src="/help.js"></script>`);
    const tab = await bank.visit({}, (other) => other.addInitScript(() => {
      // What a test asks of a page counts as a press of the user's.
      Object.defineProperty(navigator, "userActivation", { value: { isActive: false } });
    }));
    await says(tab, "What is your customer ID?");
    assert.equal(await tab.evaluate(() => document.activeElement.localName), "body");
  });

  test("send before anybody opened it: the conversation goes on behind the launcher", async () => {
    const tab = await bank.visit();
    await call(tab, "send", "C-1001");
    assert.equal(await panel(tab).count(), 0);
    await launcher(tab).click();
    await says(tab, "Your balance is EUR 2,418.32.");
  });

  test("nothing that was said before a reload is said to the page again", async () => {
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "What can I do for you?");
    await tab.reload();
    await says(tab, "What can I do for you?");
    await listen(tab);
    await tab.getByRole("button", { name: "Leave a note" }).click();
    await says(tab, "What shall I note?");
    assert.deepEqual((await heard(tab, "message")).map(({ text }) => text), ["Leave a note", "What shall I note?"]);
    assert.deepEqual(await heard(tab, "authentication"), []);
  });

  test("reset: a new conversation, and nothing of the old one", async () => {
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "What can I do for you?");
    await call(tab, "reset");
    await says(tab, "What is your customer ID?");
    assert.doesNotMatch(`${await log(tab).textContent()} ${await stored(tab)}`, /2,418|[-•]1001/);
    assert.deepEqual((await call(tab, "transcript")).length, 2);
  });

  test("sign out: everything of who was signed in goes, and the chat begins anew", async () => {
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "What can I do for you?");
    await call(tab, "signOut");
    await says(tab, "You are signed out");
    await says(tab, "What is your customer ID?");
    assert.doesNotMatch(`${await log(tab).textContent()} ${await stored(tab)}`, /2,418|[-•]1001/);
    await call(tab, "signOut");
    assert.equal(await log(tab).getByText("You are signed out").count(), 1, "nobody is signed in");
  });

  test("set attributes that the bot declares external: before the chat is loaded, and after", async () => {
    bank.files["/bot.json"] = JSON.stringify({
      latchkey: 1, id: "greeter",
      attributes: [{ name: "plan", type: "text", external: true }, { name: "cart", type: "number", external: true }, { name: "note", type: "text" }],
      dialogs: [{ id: "default", keywords: ["plan"], elements: [{ type: "text", text: "Plan {{ plan }}, cart {{ cart }}, note {{ note }}." }] }],
    });
    bank.requests.length = 0;
    const tab = await bank.visit();
    await call(tab, "setAttributes", { plan: "gold", cart: "many", note: "x" });
    assert.ok(!bank.requests.includes("/latchkey-chat.js"));
    await openChat(tab);
    await says(tab, "Plan gold, cart , note .");
    assert.match(tab.errors.join("\n"), /the attribute cart was not set\. .*typeMismatch/);
    assert.match(tab.errors.join("\n"), /the attribute note was not set\. .*notExternal/);
    await call(tab, "setAttributes", { cart: 3 });
    await call(tab, "send", "plan");
    await says(tab, "Plan gold, cart 3, note .");
    await assert.rejects(call(tab, "setAttributes", { authenticated: true }), /unknownAttribute|notExternal|reserved/);
    await tab.reload();
    await call(tab, "setAttributes", { plan: "silver" });
    await says(tab, "Plan gold, cart 3, note .");
    await call(tab, "send", "plan");
    await says(tab, "Plan silver, cart 3, note .");
  });

  test("set attributes once: what the bot makes of one at the start stays", async () => {
    bank.files["/bot.json"] = JSON.stringify({
      latchkey: 1, id: "greeter", attributes: [{ name: "plan", type: "text", external: true }],
      dialogs: [{ id: "default", keywords: ["plan"], elements: [
        { type: "text", text: "Plan {{ plan }}." }, { type: "setAttribute", attribute: "plan", value: "of the bot" }] }],
    });
    const tab = await bank.visit();
    await call(tab, "setAttributes", { plan: "gold" });
    await openChat(tab);
    await says(tab, "Plan gold.");
    await call(tab, "send", "plan");
    await says(tab, "Plan of the bot.");
  });

  test("may set what is wrong at any moment while the chat loads, which goes on", async () => {
    const tab = await bank.visit();
    await chat(tab).evaluate(async (element) => {
      const wrong = () => element.setAttributes({ note: `${Math.random()}` }).catch(() => {});
      const often = setInterval(wrong, 0);
      await element.open();
      clearInterval(often);
    });
    await says(tab, "Welcome to Test Bank.");
  });

  test("see at the launcher that something came meanwhile", async () => {
    const tab = await bank.visit();
    let answer;
    const after = new Promise((resolve) => (answer = resolve));
    bank.answer = () => ({ body: { balance: "EUR 1" }, after });
    await signIn(tab);
    await launcher(tab).click();
    answer();
    const open = tab.getByRole("button", { name: /^Open chat \(\d+ new messages\)$/ });
    await open.waitFor();
    const announced = tab.getByRole("status").filter({ hasText: /^\d+ new messages$/ });
    assert.equal(await announced.count(), 1);
    await open.click();
    await says(tab, "Your balance is EUR 1.");
    assert.equal(await announced.count(), 0);
    await launcher(tab).click();
    await tab.getByRole("button", { name: "Open chat", exact: true }).waitFor();
  });

  test("a button of the page that opens the chat takes the focus there", async () => {
    bank.files["/help.js"] = 'document.querySelector("#help").onclick = () => document.querySelector("latchkey-chat").open()';
    bank.files["/"] = page(`<button id="help">Help</button>${chatTag}<script src="/help.js"></script>`);
    const tab = await bank.visit();
    await tab.getByRole("button", { name: "Help" }).click();
    await says(tab, "What is your customer ID?");
    await tab.keyboard.type("C-1001");
    await tab.keyboard.press("Enter");
    await says(tab, "Your balance is EUR 2,418.32.");
  });
});
