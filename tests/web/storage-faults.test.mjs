/** The conversation goes on whatever the tab's storage does: by the runtime and the browser's host, on a storage that fails. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { setTimeout as later } from "node:timers/promises";
import { ask, say } from "./fake-engine.mjs";
import { loadSource } from "./load-source.mjs";

const { createBrowserHost, Runtime } = await loadSource(["host.ts", "runtime.ts"], { engine: "fake" });

/** Says how many messages it has heard. */
const bot = {
  renewed: async () => {},
  start: (state) => (Object.assign(state, { awaiting: "answer", heard: 0 }), [say("Hello"), ask]),
  restore: () => [ask],
  handle: (state, { text, type }) => (type === "closed" ? [{ type: "finish", reason: "closedByUser" }] : [{ type: "echo", text }, say(`${++state.heard}`), ask]),
};

const key = "latchkey:acme";

/** A tab's storage: refuses what does not fit into `room` with the rest, and the accesses that `fails` picks by their number, from 1. */
class Storage {
  items = new Map();
  accesses = 0;
  room = Infinity;
  /** the characters written last */
  written = 0;
  fails = () => false;
  access() {
    if (this.fails(++this.accesses)) throw new DOMException("refused", "SecurityError");
  }
  getItem(name) { this.access(); return this.items.get(name) ?? null; }
  removeItem(name) { this.access(); this.items.delete(name); }
  setItem(name, text) {
    this.access();
    const others = [...this.items].reduce((sum, [other, { length }]) => (other === name ? sum : sum + length), 0);
    if (others + text.length > this.room) throw new DOMException("full", "QuotaExceededError");
    this.items.set(name, text);
    this.written += text.length;
  }
}

/** Its names are its own properties, as a browser's are. */
const browserStorage = (storage) => new Proxy(storage, {
  ownKeys: () => (storage.access(), [...storage.items.keys()]),
  getOwnPropertyDescriptor: (_, name) => storage.items.has(name) ? { value: storage.items.get(name), enumerable: true, configurable: true, writable: true } : undefined,
});

let storage;

function begin(talker = bot) {
  const host = createBrowserHost({ botId: "acme", apiOrigins: null, language: null, target: new EventTarget() });
  const runtime = new Runtime(talker, host, () => {});
  runtime.start();
  return { host, runtime, texts: () => runtime.transcript.entries.map((entry) => entry.message?.text ?? entry.text ?? entry.notice) };
}

const talk = ({ runtime }, count, text = "word") => {
  for (let i = 0; i < count; i++) assert.equal(runtime.send(text), true);
};

beforeEach(() => {
  storage = new Storage();
  globalThis.location = new URL("https://site.example/");
  globalThis.document = { documentElement: { lang: "en" } };
  Object.defineProperty(globalThis, "sessionStorage", { value: browserStorage(storage), configurable: true });
});

describe("fault: storage that is full", () => {
  test("keeps the step that the conversation is at, and as much of the newest transcript as there is room for", () => {
    storage.room = 3000;
    const before = begin();
    talk(before, 40);
    assert.equal(before.texts().length, 81, "on the screen nothing is missing");
    const after = begin();
    const kept = after.texts();
    assert.ok(kept.length > 5 && kept.length < 81, `${kept.length} entries`);
    assert.deepEqual(kept, before.texts().slice(-kept.length));
    assert.deepEqual(after.runtime.transcript.ask, before.runtime.transcript.ask);
    talk(after, 1);
    assert.equal(after.texts().at(-1), "41");
  });

  test("keeps the step even when there is room for nothing else", () => {
    talk(begin(), 3, "a".repeat(1000));
    const { snapshot } = JSON.parse(storage.items.get(key));
    storage.room = snapshot.length + 520;
    talk(begin(), 1, "a".repeat(1000));
    const after = begin();
    assert.deepEqual(after.texts(), ["4"]);
    talk(after, 1);
    assert.deepEqual(after.texts(), ["4", "word", "5"]);
  });

  test("goes on from memory when there is no room at all, and leaves nothing stale", () => {
    const before = begin();
    talk(before, 1);
    storage.room = 10;
    talk(before, 2);
    assert.equal(before.texts().at(-1), "3");
    assert.equal(storage.items.size, 0);
    assert.deepEqual(begin().texts(), ["Hello"]);
  });

  test("takes everything again as soon as there is room", () => {
    storage.room = 1000;
    const before = begin();
    talk(before, 20);
    storage.room = Infinity;
    talk(before, 1);
    assert.deepEqual(begin().texts(), before.texts());
  });
});

describe("a long transcript", () => {
  const texts = (count) => ["Hello", ...Array.from({ length: count }, (_, i) => ["word", `${i + 1}`]).flat()];

  test("is whole after a reload, and a new message writes no more than a hundred do", () => {
    const before = begin();
    talk(before, 1000);
    assert.deepEqual(before.texts(), texts(1000));
    const after = begin();
    assert.deepEqual(after.texts(), texts(1000));
    storage.written = 0;
    talk(after, 60);
    assert.ok(storage.written / 60 < 20_000, `${storage.written / 60} characters a message`);
    assert.deepEqual(begin().texts(), texts(1060));
  });

  test("leaves nothing when the record goes", () => {
    const { host } = begin();
    storage.items.set("latchkey:other/0", "another bot's");
    storage.items.set("latchkey:acme2", "another bot's");
    const one = begin();
    talk(one, 300);
    assert.ok(storage.items.size > 7);
    host.save(null);
    assert.deepEqual([...storage.items.keys()], ["latchkey:other/0", "latchkey:acme2"]);
  });

  test("gives way from its oldest part on where there is too little room, and says nothing that it did not say", () => {
    storage.room = 40_000;
    const before = begin();
    talk(before, 500);
    assert.deepEqual(before.texts(), texts(500), "on the screen nothing is missing");
    const kept = begin();
    const { length } = kept.texts();
    assert.ok(length > 200 && length < 900, `${length} entries`);
    assert.deepEqual(kept.texts(), texts(500).slice(-length));
    talk(kept, 200);
    const again = begin();
    assert.deepEqual(again.texts(), texts(700).slice(-again.texts().length));
    assert.ok(again.texts().length > 200);
  });

  test("of which a part is missing goes on with what came after it", () => {
    const before = begin();
    talk(before, 200);
    storage.items.delete(`${key}/1`);
    const after = begin();
    assert.deepEqual(after.texts(), texts(200).slice(200));
    talk(after, 1);
    assert.deepEqual(begin().texts(), texts(201).slice(200));
  });

  for (const [name, text] of [["is no list", "5"], ["is damaged", "["], ["holds something else", '[{"from":"robot"}]']]) {
    test(`of which a part ${name} is of no use: a fresh start with a notice, and no part stays`, () => {
      talk(begin(), 200);
      storage.items.set(`${key}/1`, text);
      assert.deepEqual(begin().texts(), ["restarted", "Hello"]);
      assert.deepEqual([...storage.items.keys()], [key]);
    });
  }

  test("that is stored on any access of a turn in which a part is set apart, or not, is one state of it", () => {
    for (let k = 1; k <= 6; k++) {
      storage.items.clear();
      const before = begin();
      talk(before, 49);
      storage.accesses = 0;
      storage.fails = (n) => n === k;
      talk(before, 2);
      storage.fails = () => false;
      assert.deepEqual(before.texts(), texts(51));
      const { length } = begin().texts();
      assert.deepEqual(begin().texts(), texts(51).slice(-length), `access ${k}`);
    }
  });

  test("that loses what was secured is written anew", async () => {
    const secret = (i) => ({ ...say(`secret ${i}`), secured: true });
    const session = {
      ...bot,
      handle: (state, { text, type }) => (type === "closed" ? [{ type: "finish", reason: "closedByUser" }] : [{ type: "echo", text }, secret(++state.heard), ask]),
    };
    const one = begin(session);
    talk(one, 120);
    // What the last turn said would stay.
    await later(5);
    one.runtime.close();
    assert.doesNotMatch([...storage.items.values()].join(), /secret/);
    assert.deepEqual(one.texts().slice(-1), ["ended"]);
  });
});

describe("fault: storage that throws", () => {
  const turns = 4;
  const whole = ["Hello", "word", "1", "word", "2", "word", "3", "word", "4"];

  test("on no access at all is used this often", () => {
    talk(begin(), turns);
    assert.ok(storage.accesses > turns && storage.accesses < 10, `${storage.accesses} accesses: the loops below go beyond`);
  });

  for (let k = 1; k <= 12; k++) {
    for (const [name, fails] of [["on", (n) => n === k], ["from", (n) => n >= k], ["up to", (n) => n <= k]]) {
      test(`${name} access ${k}: the conversation is whole, and a reload goes on or begins afresh`, () => {
        storage.fails = fails;
        const before = begin();
        talk(before, turns);
        assert.deepEqual(before.texts(), whole);
        storage.fails = () => false;
        const heard = storage.items.has(key) ? Number(JSON.parse(JSON.parse(storage.items.get(key)).snapshot).heard) : 0;
        const after = begin();
        if (heard) assert.deepEqual(after.texts(), whole.slice(0, 2 * heard + 1).slice(-after.texts().length), "one state of it, to its end");
        else assert.equal(after.texts().at(-1), "Hello");
        talk(after, 1);
        assert.equal(after.texts().at(-1), `${heard + 1}`);
      });

      test(`${name} access ${k}, and then on none: what is said next is stored with all before`, () => {
        storage.fails = fails;
        const before = begin();
        talk(before, turns);
        storage.fails = () => false;
        talk(before, 1);
        assert.deepEqual(begin().texts(), [...whole, "word", "5"]);
      });

      test(`${name} access ${k} after a reload`, () => {
        talk(begin(), turns);
        storage.accesses = 0;
        storage.fails = fails;
        const after = begin();
        const resumed = after.texts().length === whole.length;
        assert.deepEqual(after.texts(), resumed ? whole : after.texts().length === 1 ? ["Hello"] : ["restarted", "Hello"]);
        talk(after, 2);
        assert.equal(after.texts().at(-1), resumed ? "6" : "2");
        assert.equal(after.runtime.close(), true);
      });
    }
  }
});

describe("fault: storage", () => {
  test("that is cleared in the middle: the conversation goes on and is whole after a reload", () => {
    const before = begin();
    talk(before, 2);
    storage.items.clear();
    talk(before, 1);
    assert.deepEqual(begin().texts(), before.texts());
  });

  test("that is cleared in the middle of a long conversation: only what was stored apart is missing after a reload", () => {
    const before = begin();
    talk(before, 120);
    storage.items.clear();
    talk(before, 1);
    const after = begin();
    assert.deepEqual(after.texts(), before.texts().slice(200));
    talk(after, 1);
    assert.equal(after.texts().at(-1), "122");
  });

  test("that is cleared before a reload: a new conversation", () => {
    talk(begin(), 2);
    storage.items.clear();
    assert.deepEqual(begin().texts(), ["Hello"]);
  });

  test("that is disabled: the conversation is whole", () => {
    Object.defineProperty(globalThis, "sessionStorage", { get() { throw new DOMException("no", "SecurityError"); }, configurable: true });
    const one = begin();
    talk(one, 3);
    assert.equal(one.texts().at(-1), "3");
    assert.equal(one.runtime.close(), true);
  });

  for (const change of [{ latchkey: 2 }, { id: undefined }, { latchkey: undefined }, { snapshot: '{"version":9}' }, { transcript: { entries: [{ from: "robot" }] } }]) {
    test(`with a record of another version, ${JSON.stringify(change)}: a fresh start with a notice`, () => {
      talk(begin(), 2);
      storage.items.set(key, JSON.stringify({ ...JSON.parse(storage.items.get(key)), ...change }));
      const after = begin();
      assert.deepEqual(after.texts(), ["restarted", "Hello"]);
      talk(after, 1);
      assert.deepEqual(begin().texts(), ["restarted", "Hello", "word", "1"]);
    });
  }
});
