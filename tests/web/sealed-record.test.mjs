/** What is stored of a conversation that holds something sensitive, by the runtime, with a seal that a test holds in its hands. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FakeHost } from "./fake-host.mjs";
import { loadSource } from "./load-source.mjs";

const { Runtime } = await loadSource(["runtime.ts"], { engine: "fake" });

const say = (text) => ({ type: "say", message: { kind: "text", text } });
const ask = { type: "ask", kind: "text", options: [], sensitive: false, attributeType: "text" };

/** Says how many messages it has heard; holds something sensitive from the message "secret" on. */
const bot = {
  renewed: async () => {},
  start: (state) => (Object.assign(state, { awaiting: "answer", heard: 0 }), [say("Hello"), ask]),
  restore: () => [ask],
  handle: (state, { text }) => {
    state.sensitive ||= text === "secret";
    return [{ type: "echo", text }, say(`answer ${++state.heard}`), ask];
  },
};

/** A tab's storage with room for so many characters, and the seal before it, which may have to wait. */
class SealingHost extends FakeHost {
  items = new Map();
  room = Infinity;
  isReady = true;
  sealed = 0;
  waiting = [];

  load = (part = "record") => this.items.get(part) ?? null;
  save = (text, part = "record") => {
    if (text === null) return this.items.delete(part), true;
    const others = [...this.items].reduce((sum, [name, { length }]) => (name === part ? sum : sum + length), 0);
    if (others + text.length > this.room) return false;
    this.items.set(part, text);
    return true;
  };
  seal = (text, ready) => {
    if (!this.isReady) return this.waiting.push(ready), null;
    this.sealed += text.length;
    return `1:${btoa(text)}`;
  };
  unseal = (sealed) => (sealed.startsWith("1:") ? atob(sealed.slice(2)) : null);
  open() {
    this.isReady = true;
    for (const ready of this.waiting.splice(0)) ready();
  }
  get inClear() { return [...this.items.values()].filter((text) => /answer|secret|snapshot/.test(text)).length; }
}

function begin(host = new SealingHost()) {
  const runtime = new Runtime(bot, host, () => {});
  runtime.start();
  return { host, runtime, texts: () => runtime.transcript.entries.map((entry) => entry.message?.text ?? entry.text ?? entry.notice) };
}

const talk = ({ runtime }, count) => {
  for (let i = 0; i < count; i++) assert.equal(runtime.send("word"), true);
};

const startSecret = (host) => {
  const one = begin(host);
  one.runtime.send("secret");
  return one;
};

describe("S1: a conversation that holds something sensitive", () => {
  test("is stored with nothing of it in clear, and comes back whole", () => {
    const one = startSecret();
    talk(one, 240);
    assert.equal(one.host.inClear, 0);
    assert.ok(one.host.items.size > 4, "its older entries are stored apart");
    const again = begin(one.host);
    assert.deepEqual(again.texts(), one.texts());
    talk(again, 100);
    assert.deepEqual(begin(one.host).texts(), again.texts());
  });

  test("hides what is said from then on", () => {
    const one = begin();
    talk(one, 120);
    const before = one.host.inClear;
    one.runtime.send("secret");
    talk(one, 120);
    assert.equal(one.host.inClear, before - 1, "what was set apart before that");
    assert.deepEqual(begin(one.host).texts(), one.texts());
  });

  test("is stored as soon as it can be sealed, and not before", () => {
    const host = new SealingHost();
    host.isReady = false;
    const one = startSecret(host);
    talk(one, 120);
    assert.equal(host.inClear, 0);
    assert.deepEqual([...host.items.keys()], ["record"]);
    host.open();
    assert.equal(host.inClear, 0);
    assert.deepEqual(begin(host).texts(), one.texts());
  });

  for (let messages = 44; messages < 54; messages++) {
    test(`goes on from one state of it when the seal has to wait after ${messages} messages`, () => {
      const one = startSecret();
      talk(one, messages);
      one.host.isReady = false;
      talk(one, 1);
      one.host.open();
      assert.deepEqual(begin(one.host).texts(), one.texts());
      talk(one, 60);
      assert.deepEqual(begin(one.host).texts(), one.texts());
    });
  }

  test("is not written again for an older state of it", () => {
    const host = new SealingHost();
    host.isReady = false;
    const one = startSecret(host);
    const [older] = host.waiting;
    host.isReady = true;
    talk(one, 1);
    const newest = host.load();
    older();
    assert.equal(host.load(), newest);
  });

  test("of which a part cannot be read is of no use: a fresh start with a notice", () => {
    const one = startSecret();
    talk(one, 120);
    one.host.items.set(1, "of another key");
    assert.deepEqual(begin(one.host).texts(), ["restarted", "Hello"]);
  });

  test("gives way from its oldest entry on where there is too little room, for little more in sealing", () => {
    const one = startSecret();
    talk(one, 240);
    const { length } = one.host.load();
    one.host.room = length * 0.8;
    one.host.sealed = 0;
    talk(one, 1);
    assert.ok(one.host.sealed < 2 * length, `${one.host.sealed} of ${length} characters`);
    const kept = begin(one.host).texts();
    assert.ok(kept.length > 20 && kept.length < 100, `${kept.length} entries`);
    assert.deepEqual(kept, one.texts().slice(-kept.length));
  });
});
