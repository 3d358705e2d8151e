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
  attributes: [{ name: "customer_id", type: "text", sensitive: true }, { name: "plan", type: "text", external: true }],
  dialogs: [
    { id: "default", elements: [{ type: "text", text: "Welcome." }] },
    { id: "agent", keywords: ["agent"], elements: [{ type: "toAgent" }] },
    { id: "plan", keywords: ["plan"], elements: [{ type: "text", text: "Your plan is {{ plan | default: 'free' }}." }] },
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

describe("what the page sets", () => {
  const planOf = ({ runtime, texts }) => {
    runtime.send("plan");
    return texts().at(-1);
  };

  test("is there at the start when the host gives it, and is taken at any time", () => {
    const host = new FakeHost();
    const opening = host.opening();
    host.opening = () => ({ ...opening, attributes: { plan: "gold" } });
    const one = begin(host);
    assert.equal(planOf(one), "Your plan is gold.");
    const before = one.texts();
    assert.equal(one.runtime.setAttributes({ plan: "silver" }), null);
    assert.deepEqual(one.texts(), before);
    assert.equal(planOf(one), "Your plan is silver.");
    assert.equal(one.runtime.setAttributes({ plan: null }), null);
    assert.equal(planOf(one), "Your plan is free.");
  });

  test("is stored at once", () => {
    const { host, runtime } = begin();
    runtime.setAttributes({ plan: "gold" });
    assert.equal(planOf(begin(host)), "Your plan is gold.");
  });

  test("is refused with the reason, and nothing changes", () => {
    const { host, runtime } = begin();
    const { stored } = host;
    assert.equal(runtime.setAttributes({ plan: "gold", customer_id: "C-1" }), "notExternal: customer_id");
    assert.equal(runtime.setAttributes({ plan: {} }), "typeMismatch: plan");
    assert.equal(runtime.setAttributes({ colour: "red" }), "unknownAttribute: colour");
    assert.equal(runtime.setAttributes([]), "malformedEvent");
    assert.equal(host.stored, stored);
  });

  test("and is no JSON throws, and is no fault of the engine", () => {
    const { host, runtime, texts } = begin();
    const circle = {};
    circle.plan = circle;
    for (const wrong of [circle, { plan: 5n }, { get plan() { throw new TypeError("no"); } }]) assert.throws(() => runtime.setAttributes(wrong), TypeError);
    assert.deepEqual(host.reported, []);
    assert.deepEqual(texts(), ["Welcome."]);
  });
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
