/**
 * Every fault of the table, over real sockets, at every API element of the example bots, by the real runtime: the
 * conversation says something and goes on within the deadline plus a second, believes nothing, and sends no POST twice.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate as settled } from "node:timers/promises";
import tls from "node:tls";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { loadBot } from "../../web/dist/engine.js";
import { apiElements, mostRequests } from "./api-elements.mjs";
import { findWay, SocketHost, Talk } from "./conversation.mjs";
import { whole } from "./fault-server.mjs";
import { engineFaults, faults, titleOf } from "./faults.mjs";
import { certificates, startFaultyWorld } from "./faulty-world.mjs";

// An older Node cannot be told: then the one https server that it should trust fails like the one that it should not.
tls.setDefaultCACertificates?.([certificates.trusted.cert]);

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

const elements = await apiElements();
for (const element of elements) element.way = await findWay(element);

/** The tests' own test: what they listen for is what the bots say. */
const rightAnswer = { give: (socket, { good }) => socket.end(whole("200 OK", good)) };

/** What may leave for a request that stops at the cap of 1 MiB: that, and what the system buffers on its way. */
const mostSentBytes = 24 * 2 ** 20;

/** A conversation that never goes on fails its test. */
const stuckAfter = { timeout: 20_000 };

/** The longest wait between a request and the next, docs/bot-format.md. */
const longestWaitMs = 30_000;

const concerns = ({ needsBody, authenticationOnly }, { element, authentication }) =>
  (!needsBody || element.save?.body) && (!authenticationOnly || authentication);

describe("without a fault, the success is said", { concurrency: true }, () => {
  for (const element of elements.filter(({ success }) => success)) {
    test(element.title, () => visit(rightAnswer, element, ({ talk, before }) => {
      const texts = talk.said.slice(before.said).map(({ message }) => message.text ?? "");
      assert.match(texts.join("\n"), element.success);
    }));
  }
});

// A few rows at a time: some wait for a deadline, again and again.
describe("with a fault, it goes on and believes nothing", { concurrency: 4 }, () => {
  for (const fault of [...faults, ...engineFaults]) {
    describe(titleOf(fault), { concurrency: true }, () => {
      for (const element of elements.filter((one) => concerns(fault, one))) test(element.title, stuckAfter, () => meet(fault, element));
    });
  }
});

describe("what was stopped", () => {
  const [element] = elements;
  for (const row of ["endless body", "10 MB body", "gzip bomb"]) {
    test(`gives its memory back: ${row} (A1)`, async () => {
      const fault = faults.find((one) => one.row === row);
      const times = async (count) => {
        for (let i = 0; i < count; ++i) await visit(fault, element, () => {});
        return memoryInUse();
      };
      const before = await times(3);
      const grown = await times(12) - before;
      assert.ok(grown < 6 * 2 ** 20, `it has grown by ${grown} bytes in 12 conversations`);
    });
  }
});

/** Bytes that bodies take, after what is garbage is gone. */
async function memoryInUse() {
  for (let i = 0; i < 3; ++i) {
    collectGarbage();
    await settled();
  }
  return process.memoryUsage().arrayBuffers;
}

async function meet(fault, element) {
  await visit(fault, element, async ({ talk, before, calls, own, world }) => {
    assertInTime(own, element);
    assertHeard(talk, element, before);
    assertSecure(talk, element, before);
    assertRequests(world, element, own, fault);
    assertStatus(talk, element, fault, own.at(-1) === calls.at(-1));
    await assertGoesOn(talk);
  });
}

/** Leads a conversation through its faulty request; `before` is how things stood when that was made first. */
async function visit(fault, element, check) {
  const world = await startFaultyWorld(element, element.way, fault);
  const isOwn = (call) => call.url.startsWith(world.faulty);
  let before;
  const host = new SocketHost(element.now, (call) => {
    if (isOwn(call)) before ??= { said: talk.said.length, authenticated: talk.runtime.status.authenticated };
  });
  const talk = new Talk(await loadBot(world.bot), host);
  try {
    await talk.start();
    for (const act of element.way.acts) await talk.take(act);
    const own = host.calls.filter(({ call }) => isOwn(call));
    assert.ok(own.length > 0, "the request was made");
    await check({ talk, before, calls: host.calls, own, world });
  } finally {
    talk.runtime.stop();
    await world.close();
  }
}

function assertInTime(calls, { element }) {
  for (const { lateMs } of calls) assert.ok(lateMs < 1000, `a request ended ${Math.round(lateMs)} ms after its deadline`);
  const waitedMs = calls.at(-1).at - calls[0].at;
  assert.ok(waitedMs <= longestWaitMs * (element.retry ?? 0), `it waited ${waitedMs} ms between its requests`);
}

/** The bot has said something, and nothing of what only a right answer allows. */
function assertHeard(talk, { success }, { said }) {
  const texts = talk.said.slice(said).map(({ message }) => message.text ?? "");
  assert.ok(texts.some((text) => text.trim() !== ""), "something is said");
  for (const text of texts) assert.doesNotMatch(text, success ?? /^(?!)/, "a false success");
  assert.ok(["answer", "nothing", "closed"].includes(talk.awaiting), `it awaits a ${talk.awaiting}`);
}

/** Nobody is let in by a fault, and nothing secured is said to who is not in. */
function assertSecure(talk, { authentication }, { said, authenticated }) {
  const now = talk.runtime.status.authenticated;
  assert.ok(!now || (authenticated && !authentication), "a fault authenticated somebody");
  if (!now) assert.ok(talk.said.slice(said).every(({ secured }) => !secured || authenticated), "something secured was said");
}

function assertRequests({ faults, elsewhere }, { element }, calls, fault) {
  const most = fault.retried || fault.outcome === 0 ? mostRequests(element) : 1;
  assert.ok(calls.length <= most, `${calls.length} requests instead of ${most} at most`);
  assert.ok(faults.count(element.method) <= calls.length, "no request is sent more often than it was made");
  if (!fault.slow && !fault.origin && !fault.secure && !fault.plainBehindHttps) assert.equal(faults.count(element.method), calls.length);
  assert.equal(faults.requests.length, faults.count(element.method));
  assert.deepEqual(elsewhere.requests, [], "nothing reaches the target of a redirect");
  assert.ok(faults.mostSent() < mostSentBytes, `${faults.mostSent()} bytes were taken`);
}

/** What the bot's attribute holds, while no other request has overwritten it. */
function assertStatus(talk, { element, statusIsKept }, { outcome }, isLast) {
  if (!statusIsKept || !isLast) return;
  const status = talk.attribute(element.save.status);
  if (outcome === "other") assert.notEqual(status, 200);
  else assert.equal(status, outcome);
}

/** The visitor is not in a dead end: what they say is heard and answered. */
async function assertGoesOn(talk) {
  if (talk.awaiting === "closed") return;
  const { length } = talk.said;
  await talk.take({ user: "something else" });
  assert.ok(talk.said.length > length, "nothing answers the visitor any more");
}
