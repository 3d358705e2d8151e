/** Thousands of hostile texts in every place of the chat, under the strictest policy: they are read, and that is all. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hostile, made, plain } from "./hostile-strings.mjs";
import { nothingHappened, strictPage, trap } from "./hostile-visit.mjs";
import { loadSource } from "./load-source.mjs";
import { chatTag } from "./site.mjs";
import { log, openChat, says, useBank, write } from "./visit.mjs";

const bank = useBank();
const { chatEnglish, launcherEnglish, moreEnglish, richEnglish } = await loadSource(["texts.ts"]);

/** A bot that says these elements at the word "go", and is silent to anything else. Elements of a turn are counted: so there are many turns. */
function botOf(elements, more = {}) {
  const turns = [];
  for (let at = 0; at < elements.length; at += 900) turns.push({ type: "delay", seconds: 0 }, ...elements.slice(at, at + 900));
  return JSON.stringify({
    latchkey: 1, id: "test-bank", name: "Test Bank assistant",
    attributes: [{ name: "own", type: "list" }, { name: "api", type: "list" }, { name: "answer", type: "text" }],
    settings: { apiOrigins: [bank.api.origin] },
    ...more,
    dialogs: [
      { id: "default", elements: [{ type: "conditions", branches: [{ if: { attribute: "lastReceivedMessage", isNull: true }, elements: [{ type: "text", text: "Ready." }] }] }] },
      { id: "go", keywords: ["go"], elements: [...turns, { type: "text", text: "That was all." }] },
      ...(more.dialogs ?? []),
    ],
  });
}

/** An open chat in which the bot said the elements. */
async function hear(elements) {
  bank.files["/bot.json"] = botOf(elements);
  const tab = await bank.visit({}, trap);
  await openChat(tab);
  await says(tab, "Ready.");
  await write(tab, "go");
  await log(tab).getByText("That was all.").waitFor({ timeout: 30_000 });
  return tab;
}

const bubbles = (tab, speaker) => log(tab).evaluate((node, wanted) => [...node.querySelectorAll(`.${wanted} .bubble`)].map(({ textContent }) => textContent), speaker);
const text = (value) => ({ type: "text", text: value });
/** The policy refuses images from elsewhere, and says so: what is loaded is another test's. */
const isLoaded = (address) => URL.parse(address, "http://localhost/")?.protocol === "https:";

describe("hostile texts", () => {
  test("are there", () => assert.ok(hostile.length > 1400 && made.links.length > 200));

  test("of a bot's author are text, with markup and without", async () => {
    bank.files["/"] = strictPage(bank, chatTag);
    const tab = await hear([...hostile.map(text), ...hostile.map((each) => text(`**Marked**\n\n${each}`))]);
    await nothingHappened(tab, bank);
    assert.equal((await bubbles(tab, "bot")).filter((each) => each.startsWith("Marked")).length, hostile.length);
    assert.ok(await log(tab).locator(".bubble a").count() > 100, "markup was read");
  });

  test("that an attribute or an API holds are shown as they are", async () => {
    bank.files["/"] = strictPage(bank, chatTag);
    bank.answer = () => ({ body: hostile });
    const tab = await hear([
      { type: "setAttribute", attribute: "own", value: hostile },
      { type: "api", method: "GET", url: `${bank.api.origin}/all`, save: { body: [{ attribute: "api", path: "$" }] } },
      ...hostile.flatMap((_, at) => [text(`<{{ own[${at}] }}>`), text(`**{{ api[${at}] }}**`), text(`[Go](/to/{{ api[${at}] }})`)]),
    ]);
    await nothingHappened(tab, bank);
    const said = await bubbles(tab, "bot");
    const plain = said.filter((each) => each.startsWith("<") && each.endsWith(">"));
    assert.deepEqual(plain.slice(0, 5), hostile.slice(0, 5).map((each) => `<${each}>`));
    for (const each of hostile) assert.ok(said.includes(`<${each}>`), JSON.stringify(each));
  });

  test("in cards and media lead nowhere, and load nothing from elsewhere", async () => {
    bank.files["/"] = strictPage(bank, chatTag);
    const numbered = hostile.map((each, at) => [each, at]);
    const elsewhere = numbered.filter(([each]) => !isLoaded(each));
    const cards = numbered.map(([each, at]) => ({
      title: each, text: each, ...(isLoaded(each) ? {} : { image: `{{ own[${at}] }}`, alt: each }), buttons: [{ label: each, value: each }, { label: `Press ${each}`, url: `{{ own[${at}] }}` }],
    }));
    const few = elsewhere.filter(([each]) => [...made.schemes, ...made.markup].includes(each));
    const tab = await hear([
      { type: "setAttribute", attribute: "own", value: hostile },
      ...Array.from({ length: Math.ceil(cards.length / 10) }, (_, at) => ({ type: "cards", cards: cards.slice(at * 10, at * 10 + 10) })),
      ...elsewhere.flatMap(([each, at]) => ["image", "document"].map((type) => ({ type, url: `{{ own[${at}] }}`, alt: each, caption: each }))),
      ...few.flatMap(([each, at]) => ["video", "audio"].map((type) => ({ type, url: `{{ own[${at}] }}`, alt: each, caption: each }))),
      ...numbered.map(([each]) => ({ type: "document", url: "/none.pdf", name: each, caption: each })),
    ]);
    assert.deepEqual(await log(tab).locator(".card strong").allTextContents(), hostile);
    assert.ok(await log(tab).locator(".media").count() > hostile.length, "media are there");
    await nothingHappened(tab, bank);
  });

  test("in a stored transcript, where no engine looked at the addresses, lead nowhere either", async () => {
    bank.files["/"] = strictPage(bank, chatTag);
    const tab = await hear([]);
    await tab.evaluate((addresses) => {
      const stored = JSON.parse(sessionStorage.getItem("latchkey:test-bank"));
      const messages = addresses.flatMap((url) => [
        ...["image", "document", "video", "audio"].map((kind) => ({ kind, url, alt: url, name: url })),
        { kind: "cards", cards: [{ title: url, image: url, alt: url, buttons: [{ label: "Press", url }] }] },
        { kind: "text", text: url, markdown: `[Press](${url}) <${url}> ![Press](${url})` },
      ]);
      stored.transcript.entries.push(...messages.map((message) => ({ from: "bot", at: Date.now(), message })));
      sessionStorage.setItem("latchkey:test-bank", JSON.stringify(stored));
    }, made.schemes.filter((each) => !isLoaded(each)));
    await tab.reload();
    await log(tab).locator(".card").last().waitFor();
    await log(tab).locator(".media").nth(made.schemes.length).waitFor({ state: "attached" });
    await nothingHappened(tab, bank);
  });

  test("on buttons are their labels, and their answers", async () => {
    bank.files["/"] = strictPage(bank, chatTag);
    const asks = Array.from({ length: Math.ceil(hostile.length / 100) }, (_, at) => hostile.slice(at * 100, at * 100 + 100));
    bank.files["/bot.json"] = botOf(asks.map((labels, at) => ({ type: "saveResponse", attribute: "answer", text: `Number ${at}`, options: labels.map((label) => ({ label, value: label })) })));
    const tab = await bank.visit({}, trap);
    await openChat(tab);
    await write(tab, "go");
    for (const [at, labels] of asks.entries()) {
      await says(tab, `Number ${at}`);
      const buttons = log(tab).locator(".options button");
      assert.deepEqual(await buttons.allTextContents(), labels);
      await nothingHappened(tab, bank);
      await buttons.nth(at).click();
    }
    await says(tab, "That was all.");
    assert.deepEqual((await bubbles(tab, "user")).slice(1), asks.map((labels, at) => labels[at]));
  });

  test("that a visitor writes are text", async () => {
    bank.files["/"] = strictPage(bank, chatTag);
    bank.files["/bot.json"] = botOf([]);
    const tab = await bank.visit({}, trap);
    await openChat(tab);
    await says(tab, "Ready.");
    const texts = plain.filter((each) => each.length > 2);
    await tab.evaluate(async (all) => { for (const each of all) await document.querySelector("latchkey-chat").send(each); }, texts);
    for (const reload of [false, true]) {
      if (reload) await tab.reload();
      await says(tab, texts.at(-1));
      assert.deepEqual(await bubbles(tab, "user"), texts);
      await nothingHappened(tab, bank);
    }
  });

  test("as a bot's name, its signed-in person, the page's options and its own words are text", async () => {
    bank.files["/"] = strictPage(bank, '<script src="/latchkey.js"></script>');
    // A browser holds no more than a hundred engines at once.
    const chosen = plain.filter((each) => [...made.markup, ...made.schemes].includes(each) && each.length <= 128).filter((_, at) => at % 3 === 0);
    for (const [at, each] of chosen.entries()) {
      bank.files[`/bot-${at}.json`] = vaultOf(each, at);
      bank.files[`/texts-${at}.json`] = JSON.stringify(wordsOf({ launcher: launcherEnglish, chat: chatEnglish, rich: richEnglish, more: moreEnglish }, each));
    }
    const tab = await bank.visit({}, trap);
    const opened = await tab.evaluate(async (all) => {
      const chats = all.flatMap((each, at) => ["/none.json", `/bot-${at}.json`].map((bot) => {
        const chat = document.createElement("latchkey-chat");
        for (const [name, value] of Object.entries({ bot, label: each, contact: `${each} mailto:${each}`, language: each, texts: `/texts-${at}.json` })) chat.setAttribute(name, value);
        document.body.append(chat);
        return chat;
      }));
      return (await Promise.allSettled(chats.map(async (chat) => {
        await chat.open();
        await chat.send("vault");
      }))).map(({ status }) => status);
    }, chosen);
    assert.deepEqual(opened, chosen.flatMap(() => ["rejected", "fulfilled"]));
    await tab.waitForFunction((count) => [...globalThis.roots].filter((root) => root.querySelector(".signed-in")).length === count, chosen.length);
    const heard = await tab.evaluate(() => [...globalThis.roots].filter(({ host }) => host.isConnected).flatMap((root) => [...root.querySelectorAll("h2")].map(({ textContent }) => textContent)));
    assert.deepEqual(heard.sort(), [...chosen].sort());
    await nothingHappened(tab, bank);
    await tab.evaluate(() => { for (const chat of document.querySelectorAll('[bot^="/bot"]')) void chat.send("agent"); });
    await tab.waitForFunction((count) => [...globalThis.roots].filter((root) => root.querySelector(".contacts, #end")).length === count, chosen.length);
    await nothingHappened(tab, bank);
  });
});

/** A bot of that name, in whose vault somebody of that name is signed in. */
function vaultOf(name, at) {
  return JSON.stringify({
    latchkey: 1, id: `vault-${at}`, name, attributes: [{ name: "who", type: "text", default: name }],
    dialogs: [
      { id: "default", elements: [{ type: "text", text: "Ready." }] },
      { id: "authentication", kind: "authentication", elements: [{ type: "authentication", timeoutMinutes: 9, subject: "{{ who }}" }] },
      { id: "vault", secured: true, keywords: ["vault"], elements: [{ type: "saveResponse", attribute: "who", text: name, options: [{ label: name, value: name }], freeText: true }, { type: "toAgent" }] },
    ],
  });
}

/** A language file that says `words` in every place, whatever is filled in there. */
function wordsOf(english, words) {
  return Object.fromEntries(Object.entries(english).map(([key, own]) => [key, typeof own === "string" ? `${words}${own.match(/\{\w+\}/g)?.join("") ?? ""}` : wordsOf(own, words)]));
}
