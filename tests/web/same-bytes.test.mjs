/**
 * The engine built for this machine, the engine as WebAssembly and the engine as JavaScript give the same bytes: random
 * conversations that tests/engine/record wrote down natively are had again, turn by turn and snapshot by snapshot.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import createLatchkey from "../../build/wasm/latchkey.mjs";
import * as translated from "../../web/dist/latchkey-no-wasm.js";

const build = join(import.meta.dirname, "../../build");
const recorder = join(build, "native/tests/engine/latchkey_record");
const effort = Number(process.env.LATCHKEY_EFFORT ?? 1);
const conversations = Math.ceil(600 * effort);

const wasm = await WebAssembly.compile(await readFile(join(build, "wasm/latchkey.wasm")));
const engines = {
  WebAssembly: (imports) => new WebAssembly.Instance(wasm, imports),
  JavaScript: (imports) => ({ exports: translated.instantiate(imports) }),
};
async function engineFrom(instantiate) {
  const instantiateWasm = (imports, done) => {
    const instance = instantiate(imports);
    done(instance);
    return instance.exports;
  };
  return (await createLatchkey({ instantiateWasm })).Engine;
}
const encoder = new TextEncoder(), decoder = new TextDecoder();

/** The native class with texts in place of bytes. */
class Conversation {
  #engine;
  #number;

  constructor(Engine, bot) {
    this.#engine = new Engine();
    const loaded = JSON.parse(this.#output(this.#engine.load(this.#input(bot))));
    assert.ok(loaded.bot, JSON.stringify(loaded.problems));
    this.#number = this.#engine.open();
  }

  handle(event) { return this.#output(this.#engine.handle(this.#number, this.#input(event))); }
  snapshot() { return this.#output(this.#engine.snapshot(this.#number)); }
  reload(now) {
    const snapshot = this.snapshot();
    this.#engine.close(this.#number);
    this.#number = this.#engine.open();
    return this.#output(this.#engine.restore(this.#number, this.#input(snapshot), now));
  }
  end() { this.#engine.delete(); }

  #input(text) {
    const bytes = encoder.encode(text);
    const at = this.#engine.input(bytes.length);
    this.#memory().set(bytes, at);
    return bytes.length;
  }
  #output(size) {
    const at = new Uint32Array(this.#memory().buffer)[this.#engine.border() / 4];
    return decoder.decode(this.#memory().subarray(at, at + size));
  }
  #memory() { return new Uint8Array(this.#engine.memory().buffer); }
}

async function* recorded(count) {
  const child = spawn(recorder, [count, 0], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve, reject) => child.on("error", reject).on("exit", resolve));
  for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line);
  assert.equal(await ended, 0, "latchkey_record failed");
}

for (const [kind, instantiate] of Object.entries(engines)) test(`${conversations} random conversations are the same natively and as ${kind}`, async (t) => {
  const Engine = await engineFrom(instantiate);
  let had = 0, turns = 0, taken = 0;
  for await (const { name, bot, steps } of recorded(conversations)) {
    const conversation = new Conversation(Engine, bot);
    for (const [index, { event, reload, turn, snapshot }] of steps.entries()) {
      const place = `${name}, step ${index + 1}: ${event ?? `reload at ${reload}`}`;
      assert.equal(event === undefined ? conversation.reload(reload) : conversation.handle(event), turn, place);
      assert.equal(conversation.snapshot(), snapshot, `the snapshot after ${place}`);
      turns++;
      if (turn.startsWith('{"effects"')) taken++;
    }
    conversation.end();
    had++;
  }
  assert.equal(had, conversations);
  assert.ok(taken > turns / 2, `only ${taken} of ${turns} events were taken`);
  t.diagnostic(`${turns} turns of ${had} conversations, ${taken} of them taken`);
});
