/** What tabs tell each other, by tabs whose storage, clock and page a test holds in its hands. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { setImmediate as settled } from "node:timers/promises";
import { FakeHost } from "./fake-host.mjs";
import { loadSource } from "./load-source.mjs";

const { held, joinTabs } = await loadSource(["tabs.ts", "stored-record.ts"]);

const now = Date.parse("2026-01-05T09:00:00Z");

const record = (id, { left = held, authenticated = false, more = "" } = {}) => JSON.stringify({ latchkey: 1, id, left, snapshot: more, authenticated });

/** Reaches every other open channel of its name, like the browser's. */
class FakeChannel {
  static open = new Set();
  static said = [];
  constructor(name) {
    this.name = name;
    FakeChannel.open.add(this);
  }
  close() { FakeChannel.open.delete(this); }
  postMessage(message) {
    if (!FakeChannel.open.has(this)) throw new DOMException("closed", "InvalidStateError");
    FakeChannel.said.push(message);
    for (const other of FakeChannel.open) {
      if (other !== this && other.name === this.name) queueMicrotask(() => FakeChannel.open.has(other) && other.onmessage({ data: structuredClone(message) }));
    }
  }
}

/** A tab in which `stored` lies; `tab.page` hears pagehide and pageshow. */
function open(stored, { name = "latchkey:a" } = {}) {
  const tab = { host: new FakeHost(), page: new EventTarget(), log: [], joined: false };
  tab.host.stored = stored;
  tab.host.clock = now;
  tab.leave = () => tab.page.dispatchEvent(new Event("pagehide"));
  tab.comeBack = (persisted = true) => tab.page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));
  const add = (...listener) => tab.page.addEventListener(...listener);
  tab.host.unlock = async () => {};
  const member = { wake: () => tab.log.push(`wake ${tab.host.stored}`), blank: () => tab.log.push("blank"), rejoin: () => tab.log.push(`rejoin ${tab.host.stored}`), endElsewhere: () => (tab.log.push("signed out"), tab.signOut?.()) };
  globalThis.addEventListener = add;
  tab.going = new AbortController();
  tab.ready = joinTabs(name, tab.host, member, tab.going.signal).then((signOut) => Object.assign(tab, { signOut, joined: true }));
  // The tab adds its listeners to its own page only when it has joined.
  const joins = async () => {
    globalThis.addEventListener = add;
    await settled();
    await settled();
    mock.timers.tick(200);
    await tab.ready;
    return tab;
  };
  return Object.assign(tab, { joins });
}

test("a browser that has no channel for the page has a chat all the same", async () => {
  globalThis.BroadcastChannel = class { constructor() { throw new DOMException("refused", "SecurityError"); } };
  const tab = await open(record("c1")).joins();
  tab.signOut();
  tab.leave();
  tab.comeBack();
  assert.deepEqual(tab.log, [`wake ${record("c1")}`]);
});

test("L7: a page that has left tells the others all the same that somebody signed out", async () => {
  const [tab, other] = [await open(record("c1")).joins(), await open(record("c2")).joins()];
  tab.leave();
  tab.signOut();
  await settled();
  assert.deepEqual(other.log, ["signed out"]);
  assert.equal(FakeChannel.open.size, 1, "and nothing stays open");
});

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.BroadcastChannel = FakeChannel;
  FakeChannel.open.clear();
  FakeChannel.said.length = 0;
});
afterEach(() => mock.timers.reset());

describe("L6: what is stored", () => {
  for (const [name, stored] of [["nothing", null], ["what a page left", record("c1", { left: 5, authenticated: true })], ["something damaged", "{"]]) {
    test(`${name} is used at once`, async () => {
      const tab = open(stored);
      await settled();
      assert.equal(tab.joined, true);
      assert.equal(tab.host.stored, stored);
    });
  }

  test("as if a page held it is used after a short while when nobody answers", async () => {
    const tab = open(record("c1"));
    await settled();
    mock.timers.tick(199);
    await settled();
    assert.equal(tab.joined, false);
    mock.timers.tick(1);
    await settled();
    assert.equal(tab.joined, true);
    assert.equal(tab.host.stored, record("c1"));
  });

  test("as if a page held it is of no use when somebody was signed in, though nobody answers", async () => {
    const tab = await open(record("c1", { authenticated: true })).joins();
    assert.equal(tab.host.stored, "");
  });

  test("as if a page held it is of no use when a living tab has it, which keeps it", async () => {
    const owner = await open(record("c1", { left: 5 })).joins();
    owner.host.stored = record("c1");
    const copy = await open(record("c1")).joins();
    assert.equal(copy.host.stored, "");
    assert.deepEqual(copy.log, []);
    assert.equal(owner.host.stored, record("c1"));
    assert.deepEqual(owner.log, []);
  });

  test("that a page left is given up when a living tab turns out to have it", async () => {
    const owner = await open(record("c1", { left: 5 })).joins();
    const copy = await open(record("c1", { left: 5 })).joins();
    await settled();
    assert.deepEqual(copy.log, ["rejoin "]);
    assert.deepEqual(owner.log, []);
  });

  test("that is nothing is nobody's: two new tabs let each other be", async () => {
    const tabs = [await open(null).joins(), await open(null).joins()];
    await settled();
    assert.deepEqual(tabs.map(({ log }) => log), [[], []]);
    assert.deepEqual(FakeChannel.said.map(([what]) => what), ["asked", "asked"]);
  });

  test("is not another conversation's affair, nor another bot's", async () => {
    await open(record("c1", { left: 5 })).joins();
    for (const tab of [await open(record("c2")).joins(), await open(record("c1"), { name: "latchkey:b" }).joins()]) {
      assert.notEqual(tab.host.stored, "");
      assert.deepEqual(tab.log, []);
    }
  });
});

describe("L6: a page that goes away", () => {
  test("marks what it leaves, at its beginning alone, and answers no more", async () => {
    const tab = await open(null).joins();
    const more = '{"latchkey":1,"id":"c1","left":1000000000000,';
    tab.host.stored = record("c1", { more });
    tab.leave();
    assert.equal(tab.host.stored, record("c1", { left: now, more }));
    const copy = await open(record("c1")).joins();
    assert.notEqual(copy.host.stored, "");
    assert.deepEqual(FakeChannel.said.map(([what]) => what), ["asked", "asked"]);
  });

  test("needs no more room for its mark than it had", () => {
    assert.equal(String(held).length, String(now).length);
  });

  test("that comes back holds it again, and answers", async () => {
    const tab = await open(null).joins();
    tab.host.stored = record("c1");
    tab.leave();
    tab.comeBack();
    assert.equal(tab.host.stored, record("c1"));
    assert.deepEqual(tab.log, [`wake ${record("c1")}`], "what came due meanwhile is for what this page holds");
    const copy = await open(record("c1")).joins();
    assert.equal(copy.host.stored, "");
  });

  test("that comes back rejoins what another page of its tab has made of it", async () => {
    for (const changed of [record("c1", { more: "more" }), record("c2", { left: 7 }), null]) {
      const tab = await open(null).joins();
      tab.host.stored = record("c1");
      tab.leave();
      tab.host.stored = changed;
      tab.comeBack();
      assert.deepEqual(tab.log, ["blank"], "nothing is to be seen before it can be read");
      await settled();
      assert.deepEqual(tab.log, ["blank", `rejoin ${changed}`]);
    }
  });

  test("leaves nothing where nothing was", async () => {
    const tab = await open(null).joins();
    tab.leave();
    tab.comeBack();
    assert.equal(tab.host.stored, null);
    assert.deepEqual(tab.log, [`wake ${tab.host.stored}`]);
  });

  test("is only shown for the first time: nothing happens", async () => {
    const tab = await open(record("c1", { left: 5 })).joins();
    tab.comeBack(false);
    assert.deepEqual(tab.log, []);
    assert.equal(FakeChannel.open.size, 1);
  });
});

describe("L7: a sign-out", () => {
  test("is told to all others once, and not passed on by them", async () => {
    const tabs = [await open(null).joins(), await open(null).joins(), await open(null).joins()];
    tabs[0].signOut();
    await settled();
    assert.deepEqual(tabs.map(({ log }) => log), [[], ["signed out"], ["signed out"]]);
    tabs[1].signOut();
    await settled();
    assert.deepEqual(tabs.map(({ log }) => log.length), [1, 1, 2]);
  });

  test("is told to a page that was away meanwhile, and to it alone", async () => {
    const [tab, away, third] = [await open(null).joins(), await open(null).joins(), await open(null).joins()];
    away.host.stored = record("c1");
    away.leave();
    tab.host.clock += 1000;
    tab.signOut();
    await settled();
    third.log.length = 0;
    away.comeBack();
    await settled();
    assert.ok(away.log.includes("signed out"));
    assert.deepEqual(third.log, []);
  });

  test("is told to it by one that heard of it, when who signed out is gone", async () => {
    const [tab, away, third] = [await open(null).joins(), await open(null).joins(), await open(null).joins()];
    away.host.stored = record("c1");
    away.leave();
    for (const { host } of [tab, third]) host.clock += 1000;
    tab.signOut();
    await settled();
    tab.leave();
    away.comeBack();
    await settled();
    assert.ok(away.log.includes("signed out"));
  });

  test("is not told to a page that went away later", async () => {
    const [tab, away] = [await open(null).joins(), await open(null).joins()];
    tab.signOut();
    await settled();
    away.log.length = 0;
    away.host.stored = record("c1");
    away.host.clock += 1000;
    away.leave();
    away.comeBack();
    await settled();
    assert.deepEqual(away.log, [`wake ${away.host.stored}`]);
  });
});
