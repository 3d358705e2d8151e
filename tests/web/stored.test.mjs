/** What is kept between two pages, and what is handed over, by the runtime and the real engine together. */
import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { FakeHost } from "./fake-host.mjs";
import { bundleSource } from "./load-source.mjs";

// The engine looks for its WebAssembly beside itself.
const folder = await mkdtemp(join(tmpdir(), "latchkey-"));
after(() => rm(folder, { recursive: true }));
await copyFile(join(import.meta.dirname, "../../build/wasm/engine.wasm"), join(folder, "engine.wasm"));
await writeFile(join(folder, "runtime.mjs"), await bundleSource(["runtime.ts", "engine.ts"]));
const { Runtime, loadBot } = await import(pathToFileURL(join(folder, "runtime.mjs")).href);

/** Signs in for a minute whoever gives an ID. */
const bot = await loadBot(JSON.stringify({
  latchkey: 1,
  id: "vault",
  attributes: [{ name: "customer_id", type: "text", sensitive: true }],
  dialogs: [
    { id: "default", elements: [{ type: "text", text: "Welcome." }] },
    { id: "agent", keywords: ["agent"], elements: [{ type: "toAgent" }] },
    {
      id: "authentication",
      kind: "authentication",
      elements: [
        { type: "saveResponse", attribute: "customer_id", text: "Your ID?" },
        { type: "authentication", timeoutMinutes: 1, subject: "{{ customer_id }}", forget: ["customer_id"] },
      ],
    },
    { id: "vault", secured: true, keywords: ["vault"], elements: [{ type: "text", text: "The balance is 1234." }] },
  ],
}));

function begin(host = new FakeHost()) {
  const runtime = new Runtime(bot, host, () => {});
  runtime.start();
  return { host, runtime, texts: () => runtime.transcript.entries.map((entry) => entry.message?.text ?? entry.text ?? entry.notice) };
}

function signedIn() {
  const started = begin();
  started.runtime.send("vault");
  started.runtime.send("C-1001");
  assert.equal(started.runtime.transcript.authenticated, true);
  return started;
}

/** What is stored, with another snapshot. */
const withSnapshot = (stored, snapshot) => JSON.stringify({ ...JSON.parse(stored), snapshot });

describe("what is stored", () => {
  test("brings the conversation back", () => {
    const { host, texts } = signedIn();
    assert.deepEqual(begin(host).texts(), texts());
  });

  for (const [name, snapshot] of [["no snapshot", undefined], ["the snapshot null", null], ["a snapshot that is an object", {}], ["a snapshot that is a number", 5], ["an empty snapshot", ""], ["a damaged snapshot", "{}"]]) {
    test(`with ${name} is of no use: the chat starts afresh and says so`, () => {
      const { host } = signedIn();
      host.stored = withSnapshot(host.stored, snapshot);
      const { runtime, texts } = begin(host);
      assert.deepEqual(texts(), ["restarted", "Welcome."]);
      assert.equal(runtime.transcript.authenticated, false);
      assert.equal(runtime.send("vault"), true);
      assert.equal(texts().at(-1), "Your ID?");
    });
  }
});

describe("the transcript that is handed over", () => {
  const handedOver = ({ host, runtime }) => {
    runtime.send("agent");
    assert.equal(host.handedOver.length, 1);
    return host.handedOver[0].transcript.map(({ text }) => text);
  };

  test("holds what was said in secured dialogs while the user is signed in", () => {
    assert.deepEqual(handedOver(signedIn()), ["Welcome.", "vault", "Your ID?", "••••", "The balance is 1234.", "agent"]);
  });

  test("holds nothing of it when nobody is signed in any more", () => {
    const started = signedIn();
    started.host.pass(60_000);
    assert.deepEqual(handedOver(started), ["Welcome.", "vault", "Your ID?", "••••", "agent"]);
  });

  test("holds nothing of it when the page slept and no timer has fired", () => {
    const started = signedIn();
    started.host.clock += 60_000;
    assert.deepEqual(handedOver(started), ["Welcome.", "vault", "Your ID?", "••••", "agent"]);
  });

  test("holds nothing of it after a reload that came too late", () => {
    const { host } = signedIn();
    host.clock += 60_000;
    assert.deepEqual(handedOver(begin(host)), ["Welcome.", "vault", "Your ID?", "••••", "agent"]);
  });
});
