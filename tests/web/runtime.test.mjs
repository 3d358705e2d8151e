import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate as settled } from "node:timers/promises";
import { ask, say } from "./fake-engine.mjs";
import { FakeHost } from "./fake-host.mjs";
import { loadSource } from "./load-source.mjs";

const { Runtime } = await loadSource(["runtime.ts"], { engine: "fake" });

const call = { type: "call", id: 1, method: "GET", url: "https://api.example/", headers: {}, body: null, timeoutMs: 1000, credentials: "omit", maxBytes: 10 };

/** Asks, calls, and says what came: each answer of the user begins with one of these words. */
const bot = {
  renewed: async () => {},
  start(state) {
    state.awaiting = "answer";
    return [say("Hello"), ask];
  },
  restore(state) {
    if (state.isBroken) {
      // What holds itself cannot be stored.
      state.self = state;
      return [say("Broken"), { type: "startTimer", id: 9, delayMs: 100 }];
    }
    return state.awaiting === "response" ? [call] : [ask];
  },
  handle(state, event) {
    if (event.text === "break") throw new Error("unreachable");
    const wait = (awaiting) => void (state.awaiting = awaiting);
    if (event.type === "callFinished") return wait("answer"), [say(`status ${event.status} ${event.body}`), ask];
    if (event.type === "callFailed") return wait("answer"), [say(`failed ${event.reason}`), ask];
    if (event.type === "timerFired") return wait("answer"), [say(`timer ${event.id}`), ask];
    if (event.text === "sign out") return [{ type: "authenticationChanged", authenticated: false, expiresAt: null, reason: "signOut" }, ask];
    if (event.text === "sign in") {
      Object.assign(state, { authenticated: true, subject: "Ada Quill", authenticatedAt: "2026-01-05T09:00:00.000Z", authenticationExpiresAt: "2026-01-05T09:30:00.000Z" });
      return [{ type: "authenticationChanged", authenticated: true, expiresAt: state.authenticationExpiresAt, reason: "authenticated" }, ask];
    }
    if (event.text === "time out") return [{ type: "authenticationChanged", authenticated: false, expiresAt: null, reason: "timeout" }, ask];
    if (["handedOver", "closed", "sessionExpired", "engineFault"].includes(event.text)) return wait("closed"), [{ type: "finish", reason: event.text }];
    if (event.type === "closed") return wait("closed"), [{ type: "finish", reason: "closedByUser" }];
    if (state.awaiting === "response") return null;
    const echo = { type: "echo", text: event.text };
    switch (event.text) {
      case "call": return wait("response"), [echo, call];
      case "order": return wait("response"), [echo, { type: "emit", name: "ordered", data: 1 }, { type: "handOver", data: {} }, { type: "startTimer", id: 6, delayMs: 5 }, call];
      case "timers": return wait("delay"), [echo, { type: "startTimer", id: 7, delayMs: 500 }, { type: "startTimer", id: 8, delayMs: 100 }];
      case "tell": return [echo, { type: "emit", name: "told", data: 5 }, { type: "handOver", data: { a: 1 } }, { type: "finish", reason: "handedOver" }];
      default: return [echo, ask];
    }
  },
};

function begin(host = new FakeHost()) {
  let changes = 0;
  const runtime = new Runtime(bot, host, () => changes++);
  runtime.start();
  return { host, runtime, changes: () => changes, texts: () => runtime.transcript.entries.map((entry) => entry.message?.text ?? entry.text ?? entry.notice) };
}

describe("the runtime", () => {
  test("starts a conversation, stores it and tells of the change", () => {
    const { host, runtime, changes, texts } = begin();
    assert.deepEqual(texts(), ["Hello"]);
    assert.equal(runtime.transcript.ask.kind, "text");
    assert.equal(changes(), 1);
    assert.equal(JSON.parse(host.stored).latchkey, 1);
  });

  test("knows who is signed in and for how long, after a reload too", () => {
    const { host, runtime } = begin();
    const who = ({ transcript: { subject, authenticatedAt, authenticationExpiresAt } }) => [subject, authenticatedAt, authenticationExpiresAt];
    assert.deepEqual(who(runtime), [null, null, null]);
    runtime.send("sign in");
    const expected = ["Ada Quill", "2026-01-05T09:00:00.000Z", "2026-01-05T09:30:00.000Z"];
    assert.deepEqual(who(runtime), expected);
    assert.deepEqual(who(begin(host).runtime), expected);
  });

  test("puts a notice above a new conversation, never above one that goes on", () => {
    const host = new FakeHost();
    const texts = () => {
      const runtime = new Runtime(bot, host, () => {});
      runtime.start("signedOut");
      return runtime.transcript.entries.map(({ message, notice }) => message?.text ?? notice);
    };
    assert.deepEqual(texts(), ["signedOut", "Hello"]);
    assert.deepEqual(texts(), ["signedOut", "Hello"]);
  });

  test("performs a call and hands its answer to the conversation", async () => {
    const { host, runtime, texts } = begin();
    assert.equal(runtime.send("call"), true);
    assert.equal(runtime.transcript.typing, true);
    assert.equal(runtime.transcript.ask, null);
    host.calls[0].resolve({ status: 200, headers: {}, body: "ok" });
    await settled();
    assert.deepEqual(texts(), ["Hello", "call", "status 200 ok"]);
    assert.equal(runtime.transcript.typing, false);
  });

  test("says false to what cannot be taken, and changes nothing", () => {
    const { host, runtime } = begin();
    runtime.send("call");
    const before = [host.stored, runtime.transcript];
    assert.equal(runtime.send("more"), false);
    assert.equal(runtime.choose("more"), false);
    assert.deepEqual([host.stored, runtime.transcript], before);
  });

  test("says true to a button that is taken", () => assert.equal(begin().runtime.choose("more"), true));

  test("begins anew when an entry of the stored transcript is none", () => {
    const { host } = begin();
    host.stored = JSON.stringify({ ...JSON.parse(host.stored), transcript: { entries: [null] } });
    const { texts } = begin(host);
    assert.deepEqual(texts(), ["restarted", "Hello"]);
  });

  test("fires timers when they are due, and late ones in their order when the page wakes", () => {
    const { host, runtime, texts } = begin();
    runtime.send("timers");
    host.clock += 500;
    runtime.wake();
    assert.deepEqual(texts(), ["Hello", "timers", "timer 8", "timer 7"]);
    host.pass(10_000);
    assert.equal(texts().length, 4, "each fires once");
  });

  for (const [name, hears] of [["an event", "emit"], ["a hand-over", "handOver"]]) {
    test(`that is stopped by who hears of ${name} has stored the turn, and does no more`, () => {
      const { host, runtime } = begin();
      host[hears] = () => runtime.stop();
      runtime.send("order");
      assert.deepEqual([host.calls, host.timers], [[], []]);
      assert.equal(JSON.parse(JSON.parse(host.stored).snapshot).awaiting, "response", "as it was when it was heard");
      const { stored } = host;
      assert.deepEqual([runtime.send("more"), runtime.setAttributes({ a: 1 })], [true, null]);
      assert.equal(host.stored, stored);
    });
  }

  test("S3: that is stopped by who hears of the end has left nothing", () => {
    const { host, runtime } = begin();
    host.handOver = () => runtime.stop();
    runtime.send("tell");
    assert.equal(host.stored, null);
  });

  test("G2: believes the engine, and not what is stored, of who is signed in", () => {
    const { host } = begin();
    host.stored = host.stored.replace('"authenticated":false', '"authenticated":true');
    assert.match(host.stored, /"transcript":.*"authenticated":true/);
    assert.equal(begin(host).runtime.transcript.authenticated, false);
  });

  test("stops what is under way, for good", () => {
    const { host, runtime, texts } = begin();
    runtime.send("timers");
    runtime.stop();
    assert.deepEqual(host.timers, []);
    host.clock += 10_000;
    runtime.wake();
    assert.deepEqual(texts(), ["Hello", "timers"]);
  });

  test("begins anew, with nothing of what was stored, when the engine fails on it", () => {
    const { host, runtime } = begin();
    runtime.send("secret");
    const stored = JSON.parse(host.stored);
    host.stored = JSON.stringify({ ...stored, snapshot: JSON.stringify({ ...JSON.parse(stored.snapshot), isBroken: true }) });
    const { texts } = begin(host);
    assert.deepEqual(texts(), ["restarted", "Hello"]);
    assert.deepEqual(host.timers, []);
    assert.doesNotMatch(host.stored, /secret|Broken/);
  });

  test("R7: goes on after a reload where it was, and makes an outstanding request again", async () => {
    const { host, runtime, texts } = begin();
    runtime.send("call");
    runtime.stop();
    const again = begin(host);
    assert.deepEqual(again.texts(), ["Hello", "call"]);
    assert.equal(again.runtime.transcript.typing, true);
    host.calls[0].resolve({ status: 500, headers: {}, body: "" });
    host.calls[1].resolve({ status: 200, headers: {}, body: "" });
    await settled();
    assert.deepEqual(again.texts(), ["Hello", "call", "status 200 "]);
    assert.deepEqual(texts(), ["Hello", "call"], "the runtime that stopped hears nothing");
  });

  for (const stored of ["", "{", "null", "[]", '{"latchkey":2}', '{"latchkey":1}', '{"latchkey":1,"transcript":{}}', '{"latchkey":1,"snapshot":"{}","transcript":{"entries":[]}}']) {
    test(`starts afresh from the damaged storage ${JSON.stringify(stored)}`, () => {
      const host = new FakeHost();
      host.stored = stored;
      assert.deepEqual(begin(host).texts(), ["restarted", "Hello"]);
    });
  }

  test("R5, G6: aborts what is under way when the chat ends", async () => {
    const { host, runtime, texts } = begin();
    runtime.send("call");
    assert.equal(runtime.close(), true);
    assert.equal(host.calls[0].stop.aborted, true);
    await settled();
    assert.deepEqual(texts(), ["Hello", "call", "ended"], "the answer that was aborted is dropped");
  });

  for (const text of ["sign out", "handedOver", "closed"]) {
    test(`L7: says that the sign-in ended because somebody wanted it: ${text}`, () => {
      const { host, runtime } = begin();
      runtime.send("hello");
      assert.equal(host.signOuts, 0);
      runtime.send(text);
      assert.equal(host.signOuts, 1);
    });
  }

  for (const text of ["time out", "sessionExpired", "engineFault"]) {
    test(`L7: does not say so of what ended by itself: ${text}`, () => {
      const { host, runtime } = begin();
      runtime.send(text);
      assert.equal(host.signOuts, 0);
    });
  }

  test("L7: says so when the user ends the chat, even if the engine fails at it", () => {
    const { host, runtime } = begin();
    runtime.close();
    assert.ok(host.signOuts > 0);
    const other = begin();
    other.runtime.send("break");
    other.runtime.close();
    assert.ok(other.host.signOuts > 0);
  });

  test("L6: keeps the conversation's id in what it stores, before anything else", () => {
    const { host, runtime } = begin();
    const beginning = '{"latchkey":1,"id":"c","left":1000000000000,';
    assert.ok(host.stored.startsWith(beginning));
    runtime.stop();
    host.opening = assert.fail;
    begin(host);
    assert.ok(host.stored.startsWith(beginning));
  });

  test("hands events, the hand-over and problems to the page", () => {
    const { host, runtime } = begin();
    runtime.send("tell");
    assert.deepEqual(host.emitted, [{ name: "told", data: 5 }]);
    assert.deepEqual(host.handedOver, [{ data: { a: 1 }, transcript: [{ from: "bot", text: "Hello" }, { from: "user", text: "tell" }] }]);
    assert.equal(runtime.transcript.finished, "handedOver");
  });
});
