/** The package's engine as a program uses it. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { BotError, checkBot, describeProblem, loadBot, restoreConversation, startConversation } from "../../web/dist/engine.js";

const nineOClock = Date.parse("2026-01-05T09:00:00Z");
const opening = { now: nineOClock, conversationId: "c-1", seed: 7 };
const bank = await readFile(new URL("../conversations/bots/bank.json", import.meta.url), "utf8");

/** Asks for a name, greets, and asks again. */
const greeter = JSON.stringify({
  latchkey: 1,
  id: "greeter",
  name: "Greeter",
  attributes: [{ name: "name", type: "text" }],
  dialogs: [{
    id: "default",
    elements: [
      { type: "saveResponse", attribute: "name", text: "Your name?" },
      { type: "text", text: "Hello, {{ name }}." },
      { type: "toDialog", dialog: "default" },
    ],
  }],
});

const faulty = JSON.stringify({
  latchkey: 1,
  id: "faulty",
  attributes: [{ name: "unused", type: "text" }],
  dialogs: [{ id: "default", elements: [{ type: "text", text: "{{ nobody }}" }, { type: "toDialog", dialog: "nowhere" }] }],
});

/** What JavaScript may hand over where a text or a number belongs. */
const others = [undefined, null, {}, [], true, 5n, Symbol.iterator];

const enter = (conversation, text, now = nineOClock) => conversation.handle({ type: "textEntered", text, now });
const said = (effects) => effects.filter(({ type }) => type === "say").map(({ message }) => message.text);

async function begin(text) {
  const bot = await loadBot(text);
  return { bot, ...startConversation(bot, opening) };
}

describe("loading a bot", () => {
  test("tells what the bot is", async () => {
    const { id, name, language, warnings } = await loadBot(greeter);
    assert.deepEqual({ id, name, language, warnings }, { id: "greeter", name: "Greeter", language: "en", warnings: [] });
  });

  test("throws every problem at once, warnings too", async () => {
    const error = await loadBot(faulty).catch((thrown) => thrown);
    assert.ok(error instanceof BotError);
    assert.equal(error.name, "BotError");
    const codes = error.problems.map(({ severity, code, where }) => [severity, code, where]);
    assert.deepEqual(codes.toSorted(), [
      ["error", "unknownAttribute", "/dialogs/0/elements/0/text"],
      ["error", "unknownDialog", "/dialogs/0/elements/1/dialog"],
      ["warning", "unusedAttribute", "/attributes/0"],
    ]);
    const errors = error.problems.filter(({ severity }) => severity === "error");
    assert.equal(error.message, errors.map(describeProblem).join("\n"), "the message tells the errors alone");
  });

  test("throws what is not JSON, and what is not a bot", async () => {
    for (const text of ["", "{", "null", "[]", '"bot"', "\ud83d"]) await assert.rejects(loadBot(text), BotError, text);
  });

  test("keeps the warnings of a bot that is good", async () => {
    const [warning] = (await loadBot(greeter.replace('"attributes":[', '"attributes":[{"name":"unused","type":"text"},'))).warnings;
    assert.equal(warning.code, "unusedAttribute");
  });
});

describe("checking a bot", () => {
  test("finds nothing in a good one", async () => assert.deepEqual(await checkBot(greeter), []));

  test("gives the problems that loading throws", async () => {
    const { problems } = await loadBot(faulty).catch((thrown) => thrown);
    assert.deepEqual(await checkBot(faulty), problems);
  });
});

describe("starting a conversation", () => {
  test("gives the effects of the default dialog", async () => {
    const { effects, conversation } = await begin(greeter);
    assert.deepEqual(said(effects), ["Your name?"]);
    assert.equal(conversation.status(nineOClock).awaiting, "answer");
  });

  test("what is of the wrong type is told, and the conversation goes on", async () => {
    const { bot, conversation } = await begin(greeter);
    for (const other of [...others, 5]) {
      await assert.rejects(() => loadBot(other), TypeError);
      await assert.rejects(() => checkBot(other), TypeError);
      assert.throws(() => conversation.handleText(other), TypeError);
      assert.throws(() => restoreConversation(bot, other, opening), TypeError);
    }
    for (const other of [...others, "5"]) {
      assert.throws(() => conversation.status(other), TypeError);
      assert.throws(() => conversation.attributes(other), TypeError);
      assert.throws(() => restoreConversation(bot, conversation.snapshot(), { now: other }), TypeError);
    }
    for (const event of [undefined, 5n, () => {}]) assert.throws(() => conversation.handle(event), TypeError);
    assert.deepEqual(said(enter(conversation, "Ada").effects), ["Hello, Ada.", "Your name?"]);
    assert.deepEqual(said(startConversation(bot, opening).effects), ["Your name?"]);
  });

  for (const seed of [1.5, -1, NaN, "7", null, undefined, 2 ** 60]) {
    test(`refuses the seed ${seed}`, async () => {
      const bot = await loadBot(greeter);
      assert.throws(() => startConversation(bot, { ...opening, seed }), TypeError);
      assert.deepEqual(said(startConversation(bot, opening).effects), ["Your name?"], "the bot is as good as before");
    });
  }

  test("takes the page's attributes, and refuses them with the reason", async () => {
    const bot = await loadBot(JSON.stringify({
      latchkey: 1, id: "plans", attributes: [{ name: "plan", type: "text", external: true }],
      dialogs: [{ id: "default", elements: [{ type: "text", text: "Plan {{ plan }}." }] }],
    }));
    const { effects, conversation } = startConversation(bot, { ...opening, attributes: { plan: "gold" } });
    assert.deepEqual(said(effects), ["Plan gold."]);
    assert.deepEqual(conversation.handle({ type: "attributesSet", attributes: { plan: "silver" }, now: nineOClock }), { effects: [] });
    assert.equal(conversation.attributes(nineOClock).plan.value, "silver");
    assert.deepEqual(conversation.handle({ type: "attributesSet", attributes: { plan: [] }, now: nineOClock }), { rejected: "typeMismatch: plan" });
    assert.throws(() => startConversation(bot, { ...opening, attributes: { now: "x" } }), /cannot start: notExternal: now\. Give/);
  });

  test("refuses a bot that loadBot did not make", async () => {
    const bot = await loadBot(greeter);
    for (const foreign of [{}, null, undefined, greeter, JSON.parse(greeter), { ...bot }]) {
      assert.throws(() => startConversation(foreign, opening), TypeError);
      assert.throws(() => restoreConversation(foreign, "{}", opening), TypeError);
    }
  });
});

describe("a message", () => {
  for (const [name, text, expected] of [
    ["with a lone surrogate", "a\ud83d b", "a\ufffd b"],
    ["with a lone low surrogate", "\ude00AB", "\ufffdAB"],
    ["with surrogates the wrong way round", "\ude00\ud83d", "\ufffd\ufffd"],
    ["that ends with a lone surrogate", "AB\ud83d", "AB\ufffd"],
    ["that is long and has a lone surrogate", `${"é".repeat(4000)}\ud83d!`, `${"é".repeat(4000)}\ufffd!`],
    ["with a pair of surrogates", "a\ud83d\ude00b", "a😀b"],
    ["that spells a surrogate out", "\\ud83d", "\\ud83d"],
    ["with a NUL", "a\0b", "a\0b"],
  ]) {
    test(`${name} arrives well-formed`, async () => {
      const { conversation } = await begin(greeter);
      const { effects } = enter(conversation, text);
      assert.equal(effects[0].type, "echo");
      assert.equal(effects[0].text, expected);
      assert.deepEqual(said(effects), [`Hello, ${expected}.`, "Your name?"]);
      assert.equal(conversation.attributes(nineOClock).name.value, expected);
    });
  }

  test("as JSON text gives the turn as JSON text", async () => {
    const [ours, other] = [await begin(greeter), await begin(greeter)];
    const event = { type: "textEntered", text: "Ada \u{1f44b}", now: nineOClock };
    assert.deepEqual(JSON.parse(ours.conversation.handleText(JSON.stringify(event))), other.conversation.handle(event));
    assert.deepEqual(JSON.parse(ours.conversation.handleText("no JSON")), { rejected: "notJson" });
    assert.equal(ours.conversation.snapshot(), other.conversation.snapshot());
  });

  test("of a button that is not on offer is rejected, whatever its value is", async () => {
    const { conversation } = await begin(greeter);
    const before = conversation.snapshot();
    for (const value of ["x", "\ud83d", { "\ud83d": ["\ude00"] }, null, 5]) {
      assert.ok("rejected" in conversation.handle({ type: "optionChosen", value, now: nineOClock }));
    }
    assert.equal(conversation.snapshot(), before);
  });
});

describe("a snapshot", () => {
  test("brings the conversation back where it was", async () => {
    const { bot, conversation } = await begin(greeter);
    enter(conversation, "Žana 😀");
    const snapshot = conversation.snapshot();
    const restored = restoreConversation(bot, snapshot, { now: nineOClock + 1000 });
    assert.deepEqual(restored.effects.map(({ type }) => type), ["ask"]);
    assert.equal(restored.conversation.attributes(nineOClock).name.value, "Žana 😀");
    const later = nineOClock + 2000;
    assert.deepEqual(enter(restored.conversation, "Ann", later), enter(conversation, "Ann", later));
  });

  test("is taken by another instance that loaded the same bot", async () => {
    const { conversation } = await begin(bank);
    conversation.handle({ type: "optionChosen", value: "Details", now: nineOClock });
    const restored = restoreConversation(await loadBot(bank), conversation.snapshot(), { now: nineOClock });
    assert.equal(restored.conversation.status(nineOClock).dialog, "authentication");
  });

  test("is refused when it is damaged", async () => {
    const { bot, conversation } = await begin(greeter);
    const snapshot = conversation.snapshot();
    for (const damaged of ["", "{}", "null", snapshot.slice(1), snapshot.slice(0, -1), snapshot.replace("default", "defauld"), `${snapshot}\ud83d`]) {
      const result = restoreConversation(bot, damaged, { now: nineOClock });
      assert.equal(typeof result.refused, "string", damaged);
      assert.deepEqual(Object.keys(result), ["refused"]);
    }
    assert.ok("conversation" in restoreConversation(bot, snapshot, { now: nineOClock }), "the bot is as good as before");
  });
});

describe("conversations of one bot", () => {
  test("know nothing of each other", async () => {
    const bot = await loadBot(greeter);
    const conversations = Array.from({ length: 300 }, (_, seed) => startConversation(bot, { ...opening, seed }).conversation);
    conversations.forEach((conversation, i) => assert.deepEqual(said(enter(conversation, `N${i}`).effects), [`Hello, N${i}.`, "Your name?"]));
    conversations.filter((_, i) => i % 3 === 0).forEach((conversation) => conversation.handle({ type: "closed", now: nineOClock }));
    conversations.forEach((conversation, i) => {
      assert.equal(conversation.attributes(nineOClock).name.value, i % 3 === 0 ? null : `N${i}`);
      assert.equal(conversation.status(nineOClock).awaiting, i % 3 === 0 ? "closed" : "answer");
    });
  });

  test("know nothing of another bot's", async () => {
    const [one, other] = [await begin(greeter), await begin(bank)];
    enter(one.conversation, "Ann");
    assert.equal(other.conversation.attributes(nineOClock).name, undefined);
    assert.ok("effects" in restoreConversation(other.bot, one.conversation.snapshot(), { now: nineOClock }), "it begins again as another bot file");
  });
});
