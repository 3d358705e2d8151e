/** What is stored of a conversation that holds something sensitive, by the runtime, with a seal that a test holds in its hands. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as later } from "node:timers/promises";
import { ask, say } from "./fake-engine.mjs";
import { FakeHost } from "./fake-host.mjs";
import { loadSource } from "./load-source.mjs";

/** Gives the vault of the test. */
const vaultOfTest = {
  name: "vault",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /load-beside\.js$/ }, ({ path }) => ({ path, namespace: "vault" }));
    onLoad({ filter: /./, namespace: "vault" }, () => ({ contents: "export const loadBeside = async () => globalThis.vaultModule;" }));
  },
};

const { Runtime, createTabStorage } = await loadSource(["runtime.ts", "tab-storage.ts"], { engine: "fake", plugins: [vaultOfTest] });

test("the vault that did not come is asked for again with the next that is to be sealed", async () => {
  globalThis.sessionStorage = { getItem: () => null };
  const storage = createTabStorage("latchkey:acme");
  const vault = { seal: (text) => `sealed ${text}`, refilled: Promise.resolve() };
  globalThis.vaultModule = null;
  assert.equal(storage.seal("first", () => {}), null);
  await later(0);
  globalThis.vaultModule = { openVault: async () => vault };
  assert.equal(storage.seal("second", () => {}), null);
  await later(0);
  assert.equal(storage.seal("third", () => {}), "sealed third");
});

/** Says how many messages it has heard; holds something sensitive from the message "secret" on, until "done". */
const bot = {
  renewed: async () => {},
  start: (state) => (Object.assign(state, { awaiting: "answer", heard: 0 }), [say("Hello"), ask]),
  restore: () => [ask],
  handle: (state, { text }) => {
    state.sensitive = text === "secret" || (state.sensitive && text !== "done");
    return [{ type: "echo", text }, say(`answer ${++state.heard}`), ask];
  },
};

/** A tab's storage with room for so many characters, and the seal before it, which may have to wait. */
class SealingHost extends FakeHost {
  items = new Map();
  room = Infinity;
  isReady = true;
  sealed = 0;
  asked = 0;
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
    this.asked++;
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

/** A storage like the browser's, and a vault that a test holds in its hands. */
function tabStorage() {
  const items = new Map();
  const names = { ownKeys: () => [...items.keys()], getOwnPropertyDescriptor: (_, name) => items.has(name) ? { value: items.get(name), enumerable: true, configurable: true } : undefined };
  const storage = { getItem: (name) => items.get(name) ?? null, setItem: (name, text) => items.set(name, text), removeItem: (name) => items.delete(name) };
  Object.defineProperty(globalThis, "sessionStorage", { value: new Proxy(storage, names), configurable: true });
  const vault = { seal: () => null, get refilled() { return Promise.reject(new Error("no")); }, unseal: async (sealed) => atob(sealed.slice(2)) };
  globalThis.vaultModule = { openVault: async () => vault };
  return items;
}

describe("S1: the tab's storage", () => {
  test("reads sealed parts of a record that is in clear", async () => {
    const items = tabStorage();
    items.set("k", '{"latchkey":1}').set("k/0", `1:${btoa("[1]")}`).set("k/1", "[2]").set("other/0", "1:AAAA");
    const tab = createTabStorage("k");
    await tab.unlock();
    assert.equal(tab.unseal(`1:${btoa("[1]")}`), "[1]");
    assert.equal(tab.unseal(`1:${btoa("[1]")}`), null, "it is kept no longer than needed");
    assert.equal(tab.unseal("1:AAAA"), null);
  });

  test("forgets what it read of a record that is gone", async () => {
    const items = tabStorage();
    items.set("k", '{"sealed":"1:AAAA"}');
    const tab = createTabStorage("k");
    await tab.unlock();
    items.clear();
    await tab.unlock();
    assert.equal(tab.unseal("1:AAAA"), null);
  });

  test("takes a seal that fails for one that is not there", async () => {
    tabStorage();
    const tab = createTabStorage("k");
    let times = 0;
    tab.seal("text", () => times++);
    await later(5);
    assert.equal(times, 1, "the vault is there");
    assert.equal(tab.seal("text", () => times++), null);
    await later(5);
    assert.equal(times, 1);
  });
});

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

  test("is not written again over what another page of the tab has made of it", () => {
    const host = new SealingHost();
    host.isReady = false;
    startSecret(host);
    host.items.set("record", "another page's");
    host.open();
    assert.equal(host.load(), "another page's");
  });

  test("is sealed when it holds that no longer, too", () => {
    const one = startSecret();
    one.runtime.send("done");
    talk(one, 120);
    assert.equal(one.host.inClear, 0);
    const again = begin(one.host);
    talk(again, 1);
    assert.equal(one.host.inClear, 0);
    assert.deepEqual(begin(one.host).texts(), again.texts());
  });

  test("and no longer does is stored in clear where nothing can be sealed", () => {
    const host = new SealingHost();
    host.isReady = false;
    const one = startSecret(host);
    assert.equal(host.inClear, 0);
    one.runtime.send("done");
    talk(one, 120);
    assert.ok(host.items.size > 2);
    assert.deepEqual(begin(host).texts(), one.texts());
  });

  test("of which a part cannot be read goes on with what came after it", () => {
    const one = startSecret();
    talk(one, 120);
    one.host.items.set(1, "2:AAAA");
    const again = begin(one.host);
    assert.deepEqual(again.texts(), one.texts().slice(200));
    talk(again, 1);
    assert.deepEqual(begin(one.host).texts(), again.texts());
  });

  test("that no storage takes is not written for ever when the seal is there", () => {
    const host = new SealingHost();
    host.room = 10;
    host.isReady = false;
    host.save = (text) => (host.memory = text, false);
    host.load = (part) => (part === undefined ? host.memory ?? null : null);
    const one = startSecret(host);
    talk(one, 10);
    host.asked = 0;
    for (let i = 0; i < 20 && host.waiting.length; i++) {
      host.isReady = i % 2 === 1;
      for (const ready of host.waiting.splice(0)) ready();
    }
    assert.ok(host.asked < 40, `${host.asked} times`);
    assert.equal(host.waiting.length, 0);
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
