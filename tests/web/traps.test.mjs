/** An engine that fails, for the runtime: with the real engine, whose calls a test makes throw as a trap does. */
import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as later } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { FakeHost } from "./fake-host.mjs";
import { bundleSource } from "./load-source.mjs";

// The engine looks for its WebAssembly beside itself.
const folder = await mkdtemp(join(tmpdir(), "latchkey-"));
after(() => rm(folder, { recursive: true }));
await copyFile(join(import.meta.dirname, "../../build/wasm/engine.wasm"), join(folder, "engine.wasm"));
await writeFile(join(folder, "runtime.mjs"), await bundleSource(["runtime.ts", "engine.ts"]));
const { Runtime, loadBot } = await import(pathToFileURL(join(folder, "runtime.mjs")).href);

/** Signs in for ten minutes whoever gives an ID; looks something up; waits. */
const file = JSON.stringify({
  latchkey: 1,
  id: "vault",
  settings: { apiOrigins: ["https://api.example"] },
  attributes: [{ name: "customer_id", type: "text", sensitive: true }, { name: "status", type: "number" }],
  dialogs: [
    { id: "default", elements: [{ type: "text", text: "Welcome." }] },
    { id: "look", keywords: ["look"], elements: [
      { type: "api", method: "GET", url: "https://api.example/", save: { status: "status" } },
      { type: "text", text: "It said {{ status }}." } ] },
    { id: "wait", keywords: ["wait"], elements: [{ type: "delay", seconds: 5 }, { type: "text", text: "Done." }] },
    { id: "authentication", kind: "authentication", elements: [
      { type: "saveResponse", attribute: "customer_id", text: "Your ID?" },
      { type: "authentication", timeoutMinutes: 10, subject: "{{ customer_id }}" } ] },
    { id: "vault", secured: true, keywords: ["vault"], elements: [{ type: "text", text: "The balance is 1234." }] },
  ],
});

async function begin(host = new FakeHost(), bot) {
  bot ??= await loadBot(file);
  let shown;
  const runtime = new Runtime(bot, host, () => (shown = runtime.transcript));
  runtime.start();
  return { bot, host, runtime, shown: () => shown, texts: () => runtime.transcript.entries.map((entry) => entry.message?.text ?? entry.text ?? entry.notice) };
}

/** The engine instance that the bot has now traps in `names`, for good: what it holds is not to be trusted any more. */
function breakEngine({ bot }, ...names) {
  const trap = () => { throw new WebAssembly.RuntimeError("unreachable"); };
  for (const name of names.length ? names : ["handle", "snapshot", "status", "restore", "open", "attributes"]) bot.engine.native[name] = trap;
}

const recovered = async ({ bot, runtime }) => {
  await bot.renewed();
  await later(0);
  assert.equal(runtime.transcript.finished, null);
};

describe("E2: when the engine traps", () => {
  for (const name of ["handle", "snapshot", "status"]) {
    test(`in ${name}, the conversation goes on from its last snapshot, and says that the message was not taken`, async () => {
      const one = await begin();
      one.runtime.send("vault");
      one.runtime.send("C-1001");
      const before = one.texts();
      const stored = one.host.stored;
      breakEngine(one, name);
      assert.equal(one.runtime.send("vault"), false);
      assert.equal(one.host.stored, stored, "a reload now would go on there too");
      assert.deepEqual(one.texts(), before);
      assert.deepEqual(one.host.timers, [], "the end of the sign-in waits for the engine that knows of it");
      assert.equal(one.runtime.send("hello?"), false, "nothing is taken while the conversation is rebuilt");
      assert.equal(one.runtime.setAttributes({}), "engineFault");
      await recovered(one);
      assert.deepEqual(one.texts(), [...before, "notTaken"]);
      assert.equal(one.runtime.transcript.authenticated, true);
      assert.equal(one.host.reported[0].code, "engineFault");
      assert.equal(one.runtime.send("vault"), true);
      assert.deepEqual(one.texts(), [...before, "notTaken", "vault", "The balance is 1234."]);
      assert.deepEqual((await begin(one.host)).texts(), one.texts());
    });
  }

  test("while the question is open, it stays open", async () => {
    const one = await begin();
    one.runtime.send("vault");
    const { ask } = one.runtime.transcript;
    breakEngine(one);
    one.runtime.send("C-1001");
    await recovered(one);
    assert.deepEqual(one.runtime.transcript.ask, ask);
    one.runtime.send("C-1001");
    assert.equal(one.runtime.transcript.authenticated, true);
  });

  test("the sign-in that is over meanwhile is over", async () => {
    const one = await begin();
    one.runtime.send("vault");
    one.runtime.send("C-1001");
    breakEngine(one);
    one.runtime.send("vault");
    one.host.clock += 11 * 60_000;
    await recovered(one);
    assert.equal(one.runtime.transcript.authenticated, false);
  });

  test("on the answer of a request, the request is made again, and a second trap ends the chat: it cannot loop", async () => {
    const one = await begin();
    one.runtime.send("look");
    breakEngine(one);
    one.host.calls[0].resolve({ status: 200, headers: {}, body: "" });
    await later(0);
    await recovered(one);
    assert.equal(one.host.calls.length, 2);
    breakEngine(one);
    one.host.calls[1].resolve({ status: 200, headers: {}, body: "" });
    await later(0);
    assert.equal(one.runtime.transcript.finished, "engineFault");
    assert.equal(one.host.stored, null);
    await one.bot.renewed();
    await later(0);
    assert.equal(one.host.calls.length, 2);
    assert.equal(one.host.stored, null);
  });

  test("on the answer of a request, once, the answer to the second request counts", async () => {
    const one = await begin();
    one.runtime.send("look");
    breakEngine(one);
    one.host.calls[0].resolve({ status: 200, headers: {}, body: "" });
    await later(0);
    await recovered(one);
    one.host.calls[1].resolve({ status: 503, headers: {}, body: "" });
    await later(0);
    assert.equal(one.texts().at(-1), "It said 503.");
  });

  test("on a timer, the delay goes on", async () => {
    const one = await begin();
    one.runtime.send("wait");
    breakEngine(one);
    one.host.pass(5000);
    await recovered(one);
    one.host.pass(5000);
    assert.equal(one.texts().at(-1), "Done.");
  });

  test("again after something was handled, the conversation is rebuilt again", async () => {
    const one = await begin();
    for (let i = 0; i < 3; i++) {
      breakEngine(one);
      one.runtime.send("boom");
      await recovered(one);
      assert.equal(one.runtime.send("vault"), true);
    }
  });

  test("and the snapshot is of no use either, the chat ends with a word about it", async () => {
    const one = await begin();
    one.runtime.send("vault");
    one.runtime.send("C-1001");
    const { renewed } = one.bot;
    breakEngine(one);
    let over;
    one.bot.renewed = () => (over = renewed.call(one.bot).then(() => breakEngine(one, "restore")));
    one.runtime.send("boom");
    await over;
    await later(0);
    assert.equal(one.shown().finished, "engineFault");
    assert.equal(one.shown().authenticated, false);
    assert.equal(one.host.stored, null);
  });

  test("and no other instance can be had, the chat ends with a word about it", async () => {
    const one = await begin();
    breakEngine(one);
    one.bot.renewed = async () => {};
    one.runtime.send("boom");
    await later(0);
    assert.equal(one.runtime.transcript.finished, "engineFault");
  });

  test("and the user ends the chat meanwhile, nothing comes back", async () => {
    const one = await begin();
    breakEngine(one);
    one.runtime.send("boom");
    one.runtime.close();
    one.runtime.stop();
    one.host.save(null);
    await one.bot.renewed();
    await later(0);
    assert.equal(one.host.stored, null);
  });

  test("on what was stored, the next attempt begins anew", async () => {
    const { host } = await begin();
    const bot = await loadBot(file);
    breakEngine({ bot });
    await assert.rejects(begin(host, bot), WebAssembly.RuntimeError);
    await bot.renewed();
    assert.deepEqual((await begin(host, bot)).texts(), ["restarted", "Welcome."]);
  });
});
