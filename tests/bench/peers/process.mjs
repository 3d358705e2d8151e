/**
 * One engine in a process of its own: `node --expose-gc process.mjs NAME`. It checks that the engine says what it should,
 * then answers measurements by IPC (tests/bench/engine-process.mjs asks). With `cold` as second argument it measures the
 * way from nothing to the first message, and ends.
 */
import assert from "node:assert/strict";
import { setImmediate as yieldToOthers } from "node:timers/promises";
import { countCpu } from "../cpu.mjs";
import { median } from "../median.mjs";
import { inputs, inputsToMenu, messages } from "./conversation.mjs";

const sampleMs = 120;
const warmUpMs = 2000;
const [name, mode] = process.argv.slice(2);

const importing = countCpu();
const engine = await import(`./${name}.mjs`);
const modulesMs = importing() / 1000;

/** Only a promise is awaited where time counts: an engine that answers at once does not pay for those that do not. */
const isPromise = (value) => typeof value?.then === "function";

const begin = async (bot) => engine.start(bot);

async function cold() {
  const beginning = countCpu();
  const { output } = await begin(await engine.define());
  const firstMessageMs = beginning() / 1000;
  assert.deepEqual(engine.messages(output), messages[0]);
  process.send({ modulesMs, firstMessageMs });
}

async function check(bot) {
  const { conversation, output } = await begin(bot);
  const said = [engine.messages(output)];
  for (const input of inputs) said.push(engine.messages(await engine.take(conversation, input)));
  assert.deepEqual(said, messages, name);
}

/** One conversation from its start to its end. `times`, if given, gets the milliseconds of each turn. */
async function talk(bot, times) {
  let started = engine.start(bot);
  if (isPromise(started)) started = await started;
  for (const input of inputs) {
    const from = times && performance.now();
    const taken = engine.take(started.conversation, input);
    if (isPromise(taken)) await taken;
    times?.push(performance.now() - from);
  }
  engine.close?.(started.conversation);
}

/** Talks for `ms`, now and then letting the process do what it does between turns, and returns the turns a second of CPU time. */
async function talkFor(ms, bot, times) {
  const started = performance.now(), talking = countCpu();
  let turns = 0;
  while (performance.now() - started < ms) {
    await talk(bot, times);
    turns += inputs.length;
    if (turns % (64 * inputs.length) === 0) await yieldToOthers();
  }
  return (turns * 1e6) / talking();
}

async function sample(bot) {
  const times = [];
  const turnsPerSecond = await talkFor(sampleMs, bot);
  await talkFor(sampleMs / 2, bot, times);
  return { turnsPerSecond, turnUs: median(times) * 1000 };
}

async function toMenu(bot) {
  const { conversation } = await begin(bot);
  for (const input of inputs.slice(0, inputsToMenu)) await engine.take(conversation, input);
  return conversation;
}

async function collectedHeap() {
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await yieldToOthers();
  }
  return process.memoryUsage().heapUsed;
}

/** Bytes of a conversation that waits at the menu, while many do: the median of batches that are as large as 0.4 s make them, 40 to 1,000. */
async function memory(bot) {
  const kept = [], bytes = [];
  const batch = async (goesOn) => {
    const before = await collectedHeap(), count = kept.length;
    while (goesOn(kept.length - count)) kept.push(await toMenu(bot));
    bytes.push((await collectedHeap() - before) / (kept.length - count));
    return kept.length - count;
  };
  const started = performance.now();
  const size = await batch((made) => made < 40 || (made < 1000 && performance.now() - started < 400));
  for (let i = 0; i < 6; i++) await batch((made) => made < size);
  return median(bytes) + (engine.linearBytes ? await linearMemory(bot, kept) : 0);
}

/** The same in WebAssembly's memory. It grows in steps: what was added between two of them is full of conversations. */
async function linearMemory(bot, kept) {
  const steps = [];
  for (let bytes = engine.linearBytes(); steps.length < 5;) {
    kept.push(await toMenu(bot));
    if (engine.linearBytes() === bytes) continue;
    steps.push({ full: bytes, count: kept.length });
    bytes = engine.linearBytes();
  }
  const [first, last] = [steps[1], steps.at(-1)];
  return (last.full - first.full) / (last.count - first.count);
}

async function microsecondsPer(work) {
  const times = [];
  for (let run = 0; run < 15; run++) {
    const started = performance.now(), working = countCpu();
    let done = 0;
    do {
      const result = work();
      if (isPromise(result)) await result;
      done++;
    } while (performance.now() - started < 20);
    times.push(working() / done);
    await yieldToOthers();
  }
  return median(times);
}

async function snapshot(bot) {
  if (!engine.snapshot) return null;
  const conversation = await toMenu(bot);
  const text = await engine.snapshot(conversation);
  const restored = await engine.restore(bot, text);
  assert.deepEqual(engine.messages(await engine.take(restored, { option: "Balance" })), messages.at(-2), `${name} after a snapshot`);
  return {
    bytes: Buffer.byteLength(text),
    writtenUs: await microsecondsPer(() => engine.snapshot(conversation)),
    readUs: await microsecondsPer(() => engine.restore(bot, text)),
  };
}

if (mode === "cold") {
  await cold();
  process.disconnect();
} else {
  const bot = await engine.define();
  await check(bot);
  const measurements = { warmUp: () => talkFor(warmUpMs, bot), sample, memory, snapshot };
  process.on("message", async (what) => process.send(await measurements[what](bot)));
  process.send("ready");
}
