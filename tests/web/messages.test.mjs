/** What stands around messages: times, days, how many are new, what was not sent, what is left at the end. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { focused, isAccessible, listen, phone, surroundings } from "./assistive.mjs";
import { field, launcher, log, openChat, panel, panelElement, says, sealed, signIn, useBank, usualAnswers, write } from "./visit.mjs";

const bank = useBank();
const minute = 60_000;
/** An evening of the browser's own clock, which goes on from there. */
const evening = (tab) => tab.clock.install({ time: new Date("2026-03-03T23:50:00") });
const times = async (tab) => {
  const all = log(tab).locator("time");
  await all.first().waitFor();
  return all.evaluateAll((nodes) => nodes.map((node) => node.textContent.replace(/\s/g, " ")));
};

describe("times and days", () => {
  test("stand below the last message, and follow midnight and a reload", async () => {
    const tab = await bank.visit({ locale: "en-US" }, evening);
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    assert.deepEqual(await times(tab), ["Today", "11:50 PM"]);
    const written = await log(tab).locator("time").last().getAttribute("datetime");
    assert.ok(Math.abs(new Date(written) - new Date("2026-03-03T23:50:00")) < minute, written);
    await sealed(tab);
    await tab.clock.fastForward(11 * minute);
    await log(tab).getByText("Yesterday", { exact: true }).waitFor();
    await write(tab, "C-9999");
    await says(tab, "That ID was not recognised.");
    assert.deepEqual(await times(tab), ["Yesterday", "11:50 PM", "Today", "12:01 AM"]);
    await tab.reload();
    await says(tab, "That ID was not recognised.");
    assert.deepEqual(await times(tab), ["Yesterday", "11:50 PM", "Today", "12:01 AM"]);
    assert.deepEqual(tab.errors, []);
  });

  test("are not announced with what is said", async () => {
    const tab = await bank.visit({}, listen);
    await signIn(tab, "C-9999");
    await says(tab, "That ID was not recognised.");
    await times(tab);
    const announced = await tab.evaluate(() => globalThis.announced);
    assert.deepEqual(announced.filter((line) => /Today|\d:\d\d/.test(line)), []);
  });
});

describe("what comes while one reads further above", () => {
  const long = "A long answer. ".repeat(200);

  /** The second balance waits for `answer`. */
  async function scrolledUp() {
    let answer;
    const waits = [null, new Promise((resolve) => (answer = resolve))];
    bank.answer = (request) => (request.url.startsWith("/account") ? { body: { balance: long }, after: waits.shift() } : usualAnswers(request));
    const tab = await bank.visit({}, listen);
    await signIn(tab);
    await says(tab, "You are verified, ••••1001.");
    await tab.getByRole("button", { name: "Balance" }).waitFor();
    await log(tab).evaluate((node) => (node.scrollTop = node.scrollHeight));
    await tab.getByRole("button", { name: "Balance" }).click();
    await log(tab).getByText("You are verified, ••••1001.").nth(1).waitFor();
    await log(tab).evaluate((node) => new Promise((seen) => {
      node.addEventListener("scroll", () => seen(), { once: true });
      node.scrollTop = 0;
    }));
    return { tab, answer };
  }

  test("is counted in a button that leads there, and is announced once", async () => {
    const { tab, answer } = await scrolledUp();
    await tab.evaluate(() => (globalThis.announced.length = 0));
    answer();
    const fresh = panel(tab).getByRole("button", { name: "2 new messages" });
    await fresh.waitFor();
    assert.equal(await log(tab).evaluate((node) => node.scrollTop), 0, "the reader stays where they are");
    await isAccessible(tab, "with new messages");
    await fresh.focus();
    await tab.keyboard.press("Enter");
    await fresh.waitFor({ state: "detached" });
    assert.ok(await log(tab).evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight < 5));
    assert.equal(await focused(tab), "Conversation", "the arrow keys go on from there");
    const announced = await tab.evaluate(() => globalThis.announced);
    assert.equal(announced.filter((line) => line.includes("What can I do for you?")).length, 1);
    assert.deepEqual(announced.filter((line) => line.includes("new message")), []);
  });

  test("is counted too where an answer, shown from its beginning, is longer than the view", async () => {
    bank.answer = (request) => (request.url.startsWith("/account") ? { body: { balance: long } } : usualAnswers(request));
    const tab = await bank.visit();
    await signIn(tab);
    await panel(tab).getByRole("button", { name: "1 new message" }).click();
    await log(tab).getByRole("button", { name: "Balance" }).waitFor();
    await panel(tab).getByRole("button", { name: /new message/ }).waitFor({ state: "detached" });
  });

  test("may be buttons alone: then the way there leads to them, and goes when they are in view", async () => {
    bank.files["/bot.json"] = JSON.stringify({ latchkey: 1, id: "test-bank", name: "Test Bank assistant", dialogs: [{ id: "default", elements: [
      { type: "userInput", text: long, branches: [{ label: "Yes", elements: [] }, { label: "No", elements: [] }] } ] }] });
    const tab = await bank.visit();
    await openChat(tab);
    const below = panel(tab).getByRole("button", { name: "Suggested answers" });
    await below.waitFor();
    await isAccessible(tab, "with buttons below");
    await below.click();
    await below.waitFor({ state: "detached" });
    await log(tab).getByRole("button", { name: "Yes" }).click({ trial: true });
  });

  test("is no longer counted when the reader answers it", async () => {
    const { tab, answer } = await scrolledUp();
    answer();
    const fresh = panel(tab).getByRole("button", { name: /new message/ });
    await fresh.waitFor();
    await write(tab, "Goodbye");
    await fresh.waitFor({ state: "detached" });
  });

  test("is no longer counted by who scrolls there", async () => {
    const { tab, answer } = await scrolledUp();
    answer();
    const fresh = panel(tab).getByRole("button", { name: /new message/ });
    await fresh.waitFor();
    await log(tab).evaluate((node) => (node.scrollTop = node.scrollHeight));
    await fresh.waitFor({ state: "detached" });
  });
});

test("what comes while the panel is closed is counted for the page", async () => {
  const { promise, resolve } = Promise.withResolvers();
  bank.answer = (request) => ({ ...usualAnswers(request), ...(request.url.startsWith("/account") && { after: promise }) });
  const tab = await bank.visit();
  await signIn(tab);
  await says(tab, "You are verified, ••••1001.");
  const element = await panelElement(tab);
  await element.evaluate((node) => {
    globalThis.counts = [];
    node.unreadChanged = (count) => globalThis.counts.push(count);
  });
  await launcher(tab).click();
  resolve();
  await tab.waitForFunction(() => globalThis.counts.at(-1) === 2);
  await openChat(tab);
  await tab.waitForFunction(() => globalThis.counts.at(-1) === 0);
});

test("what the bot said at the end, behind a closed panel, is there to be read", async () => {
  const { promise, resolve } = Promise.withResolvers();
  bank.answer = (request) => ({ ...usualAnswers(request), ...(request.url.startsWith("/account") && { after: promise }) });
  const tab = await bank.visit();
  await signIn(tab);
  await says(tab, "You are verified, ••••1001.");
  await write(tab, "Goodbye");
  const element = await panelElement(tab);
  await launcher(tab).click();
  resolve();
  await tab.waitForFunction((node) => node.session.transcript.finished, element);
  await openChat(tab);
  await says(tab, "Thank you. Goodbye!");
});

describe("a message that was not sent", () => {
  async function overtaken() {
    let answer;
    const held = new Promise((resolve) => (answer = resolve));
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "What can I do for you?");
    bank.answer = (request) => ({ ...usualAnswers(request), after: held });
    await tab.getByRole("button", { name: "Balance" }).click();
    await log(tab).getByText("You are verified, ••••1001.").nth(1).waitFor();
    await write(tab, "Goodbye");
    await write(tab, "one thing more");
    answer();
    await panel(tab).getByText("This chat has ended.").waitFor();
    await log(tab).getByText("Not sent").waitFor();
    return tab;
  }

  test("is sent again, in a new chat", async () => {
    const tab = await overtaken();
    await isAccessible(tab, "with a message that was not sent");
    const retry = log(tab).getByRole("button", { name: "Send again" });
    assert.ok((await retry.boundingBox()).height >= 24);
    await retry.press("Enter");
    await says(tab, "A new chat begins");
    await says(tab, "one thing more");
    await says(tab, "What is your customer ID?");
    assert.equal(await log(tab).getByText("Not sent").count(), 0);
    assert.equal(await focused(tab), "Your answer, hidden while you type");
    assert.equal(await log(tab).getByText(/2,418/).count(), 0);
    await tab.reload();
    await says(tab, "one thing more");
  });
});

describe("the transcript", () => {
  const saved = async (tab, press) => {
    const [download] = await Promise.all([tab.waitForEvent("download"), press()]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  };
  const fromMenu = async (tab) => {
    await panel(tab).getByRole("button", { name: "More options" }).click();
    await panel(tab).getByRole("button", { name: "Download transcript" }).click();
  };

  test("is a file with what was said, masked, and without what is hidden", async () => {
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "What can I do for you?");
    const { name, text } = await saved(tab, () => fromMenu(tab));
    assert.match(name, /^Test Bank assistant \d{4}-\d\d-\d\d\.txt$/);
    assert.match(text, /^Test Bank assistant, \d.*\nWhat is your customer ID\?\n\nYou, .*\n••••1001$/m);
    assert.match(text, /Your balance is EUR 2,418\.32\./);
    await log(tab).getByRole("button", { name: "Sign out" }).click();
    await says(tab, "What was said while signed in is hidden");
    assert.doesNotMatch((await saved(tab, () => fromMenu(tab))).text, /2,418/);
    assert.deepEqual(tab.errors, []);
  });

  test("can be taken along from the end", async () => {
    const tab = await bank.visit(phone);
    await signIn(tab);
    await tab.getByRole("button", { name: "Goodbye" }).click();
    await panel(tab).getByText("This chat has ended.").waitFor();
    const { text } = await saved(tab, () => panel(tab).getByRole("button", { name: "Download transcript" }).click());
    assert.match(text, /Thank you\. Goodbye!/);
    assert.doesNotMatch(text, /2,418/);
  });

  test("is not offered where its code does not come, and the chat goes on", async () => {
    bank.files["/latchkey-more.js"] = { status: 404, body: "" };
    const tab = await bank.visit(phone);
    await signIn(tab);
    await says(tab, "What can I do for you?");
    tab.errors.length = 0;
    const told = tab.waitForEvent("console", (message) => message.text().includes("latchkey-more.js"));
    await fromMenu(tab);
    await told;
    assert.match(tab.errors.join(), /latchkey-more\.js\?? could not be loaded .* Put it beside latchkey\.js/);
    await says(tab, "What can I do for you?");
  });
});

describe("a hand-over that nobody took", () => {
  const contacts = [{ href: "mailto:help@bank.example", text: "help@bank.example" }, { href: "tel:+15550100", text: "+1 555 0100" }, { href: "https://bank.example/contact", text: "Our contact page" }];

  async function passedOn(options, shown = contacts) {
    const tab = await bank.visit(options);
    await openChat(tab);
    await (await panelElement(tab)).evaluate((node, all) => (node.contacts = all), shown);
    await says(tab, "What is your customer ID?");
    await write(tab, "C-9999");
    await tab.getByRole("button", { name: "Speak to an agent" }).click();
    return tab;
  }

  for (const [name, options] of Object.entries(surroundings)) {
    test(`leaves the page's contacts: ${name}`, async () => {
      const tab = await passedOn(options);
      await panel(tab).getByText("The chat was passed on. You can reach us here:").waitFor();
      for (const { href, text } of contacts) {
        const link = panel(tab).getByRole("link", { name: text });
        assert.equal(await link.getAttribute("href"), href);
        assert.ok((await link.boundingBox()).height >= 24);
      }
      assert.equal(await panel(tab).getByText(/^The chat was passed on\. If nobody/).count(), 0);
      await isAccessible(tab, "handed over");
    });
  }

  test("says where to look when the page has none", async () => {
    const tab = await passedOn({}, []);
    await panel(tab).getByText(/^The chat was passed on\. If nobody answers here/).waitFor();
  });
});

test("a field is of the same height as before: nothing moves when an answer is of another kind", async () => {
  const tab = await bank.visit();
  await openChat(tab);
  const height = async () => (await field(tab).boundingBox()).height;
  const masked = await height();
  await write(tab, "C-1001");
  await says(tab, "What can I do for you?");
  assert.equal(await height(), masked);
});

test("a conversation of hundreds of messages opens at its end, stays there, and can be read from its beginning", async () => {
  bank.files["/bot.json"] = JSON.stringify({
    latchkey: 1, id: "test-bank", attributes: [{ name: "said", type: "text" }],
    dialogs: [{ id: "default", elements: [{ type: "saveResponse", attribute: "said", text: "Go on." }, { type: "text", text: "You said {{ said }}." }, { type: "toDialog", dialog: "default" }] }],
  });
  const tab = await bank.visit();
  await openChat(tab);
  await tab.evaluate(async () => {
    const chat = document.querySelector("latchkey-chat");
    for (let i = 1; i <= 200; i++) await chat.send(`message ${i}${" and so on".repeat(i % 20)}`);
  });
  const isAtEnd = ({ scrollHeight, scrollTop, clientHeight }) => Math.round(scrollHeight - scrollTop - clientHeight) === 0;
  const staysAtEnd = async () => {
    await tab.waitForFunction(isAtEnd, await log(tab).elementHandle());
    await tab.waitForTimeout(300);
    assert.ok(await log(tab).evaluate(isAtEnd));
  };
  await tab.reload();
  await log(tab).getByText(/^message 200/).waitFor();
  await staysAtEnd();
  await write(tab, "the last");
  await says(tab, "You said the last.");
  await staysAtEnd();
  await log(tab).getByText(/^message 20$/).scrollIntoViewIfNeeded();
  const [seen, view] = [await log(tab).getByText(/^message 20$/).boundingBox(), await log(tab).boundingBox()];
  assert.ok(seen.y >= view.y && seen.y + seen.height <= view.y + view.height);
  assert.equal(await log(tab).locator(".bubble").count(), 604, "all of it is there for who searches the page");
});

test("O3: marks of writing direction in a message change no other, nor what stands around it", async () => {
  bank.files["/bot.json"] = JSON.stringify({
    latchkey: 1, id: "test-bank", name: "Bank \u202E\u2067", attributes: [{ name: "said", type: "text" }],
    dialogs: [{ id: "default", elements: [{ type: "saveResponse", attribute: "said", text: "\u202Eoverridden \u2067isolated", options: [{ label: "\u202Ebutton", value: "a" }, { label: "plain", value: "b" }], freeText: true }, { type: "text", text: "after" }] }],
  });
  const tab = await bank.visit();
  await openChat(tab);
  await write(tab, "\u202Ewritten");
  await says(tab, "after");
  const isolations = await log(tab).locator(".bubble").evaluateAll((nodes) => nodes.map((node) => [getComputedStyle(node).display, getComputedStyle(node).unicodeBidi]));
  assert.equal(isolations.length, 3);
  for (const [display, bidi] of isolations) assert.ok(/isolate|plaintext/.test(bidi) && /block|flex|grid/.test(display), `${display} ${bidi}`);
  assert.equal(await panel(tab).locator("h2 bdi").count(), 1);
});
