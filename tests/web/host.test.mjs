import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { loadSource } from "./load-source.mjs";

const { createBrowserHost } = await loadSource(["host.ts"]);

const day = 86_400_000;
let items;

/** Stands in for the tab's storage; `full` makes it refuse. */
const storage = {
  full: false,
  getItem: (key) => items.get(key) ?? null,
  removeItem: (key) => void items.delete(key),
  setItem(key, text) {
    if (this.full) throw new DOMException("full", "QuotaExceededError");
    items.set(key, text);
  },
};

const host = (changes = {}) => createBrowserHost({ botId: "acme", apiOrigins: null, language: null, target: new EventTarget(), ...changes });

describe("the browser as host", () => {
  beforeEach(() => {
    items = new Map();
    storage.full = false;
    globalThis.location = new URL("https://site.example/page?x=1");
    globalThis.document = { documentElement: { lang: "de-AT" } };
    Object.defineProperty(globalThis, "sessionStorage", { value: storage, configurable: true });
  });
  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
  });

  test("keeps one text per bot in the tab's storage", () => {
    const one = host();
    const other = host({ botId: "other" });
    one.save("a");
    other.save("b");
    assert.deepEqual([...items], [["latchkey:acme", "a"], ["latchkey:other", "b"]]);
    assert.equal(host().load(), "a");
    one.save(null);
    assert.deepEqual([...items.keys()], ["latchkey:other"]);
    assert.equal(one.load(), null);
  });

  test("works from memory when the storage is full, and leaves nothing stale in it", () => {
    const one = host();
    one.save("old");
    storage.full = true;
    one.save("new");
    assert.equal(one.load(), "new");
    assert.equal(host().load(), null, "an older state must not come back after a reload");
    storage.full = false;
    one.save("newest");
    assert.equal(host().load(), "newest");
  });

  test("works from memory when there is no storage", () => {
    Object.defineProperty(globalThis, "sessionStorage", { get() { throw new DOMException("no", "SecurityError"); }, configurable: true });
    const one = host();
    one.save("a");
    assert.equal(one.load(), "a");
    one.save(null);
    assert.equal(one.load(), null);
  });

  test("opens with random ids, and where the page is", () => {
    const openings = Array.from({ length: 1000 }, () => host({ attributes: { plan: "gold" } }).opening());
    const [{ conversationId, seed, ...place }] = openings;
    assert.match(conversationId, /^[0-9a-f]{32}$/);
    assert.equal(new Set(openings.map((opening) => opening.conversationId)).size, 1000);
    assert.ok(openings.every((opening) => Number.isSafeInteger(opening.seed) && opening.seed >= 0));
    assert.ok(openings.some((opening) => opening.seed > 2 ** 52), "all 53 bits of it are used");
    assert.deepEqual(place, { pageUrl: "https://site.example/page?x=1", pageLanguage: "de-AT", attributes: { plan: "gold" } });
    assert.equal(host({ language: "fr" }).opening().pageLanguage, "fr");
  });

  test("fires a timer at its time, once, also after more than setTimeout can take", () => {
    mock.timers.enable({ apis: ["setTimeout", "Date"] });
    mock.method(performance, "now", () => Date.now());
    const fired = [];
    host().startTimer(0, () => fired.push("now"));
    host().startTimer(40 * day, () => fired.push("late"));
    mock.timers.tick(1);
    assert.deepEqual(fired, ["now"]);
    for (let days = 0; days < 40; days++) {
      assert.deepEqual(fired, ["now"]);
      mock.timers.tick(day);
    }
    assert.deepEqual(fired, ["now", "late"]);
    mock.timers.tick(day);
    assert.equal(fired.length, 2);
    performance.now.mock.restore();
  });

  test("fires a timer soon after the computer slept, and on time when the clock was set back", () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    let monotonic = 0;
    let wall = 100 * day;
    mock.method(performance, "now", () => monotonic);
    mock.method(Date, "now", () => wall);
    const pass = (ms) => {
      monotonic += ms;
      wall += ms;
      mock.timers.tick(ms);
    };
    let fired = 0;
    host().startTimer(day, () => fired++);
    wall += 2 * day;
    pass(30_000);
    assert.equal(fired, 1, "asleep for two days");
    host().startTimer(1000, () => fired++);
    wall -= day;
    pass(1000);
    assert.equal(fired, 2, "the clock went back a day");
    mock.restoreAll();
  });

  test("stops a timer", () => {
    mock.timers.enable({ apis: ["setTimeout", "Date"] });
    const stop = host().startTimer(60_000, assert.fail);
    mock.timers.tick(45_000);
    stop();
    mock.timers.tick(60_000);
  });

  test("tells the page what the bot tells it", () => {
    const target = new EventTarget();
    const told = [];
    const taken = [];
    mock.method(console, "warn", () => {});
    for (const type of ["latchkey-event", "latchkey-hand-over"]) target.addEventListener(type, ({ detail }) => told.push(detail));
    const one = host({ target, handedOver: (yes) => taken.push(yes) });
    one.emit("order", { number: 5 });
    one.handOver({ name: "Ana" }, [{ from: "bot", text: "Hello" }]);
    assert.equal(console.warn.mock.callCount(), 1);
    target.addEventListener("latchkey-hand-over", (event) => event.preventDefault());
    one.handOver({}, []);
    assert.deepEqual(taken, [false, true]);
    assert.equal(console.warn.mock.callCount(), 1, "it was taken");
    assert.deepEqual(told.slice(0, 2), [
      { name: "order", data: { number: 5 } },
      { data: { name: "Ana" }, transcript: [{ from: "bot", text: "Hello" }] },
    ]);
  });
});
