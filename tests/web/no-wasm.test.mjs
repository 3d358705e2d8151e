/** Where WebAssembly is refused, by the page's policy or by the browser, the engine runs as JavaScript and the chat is the same. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import createLatchkey from "../../build/wasm/latchkey.mjs";
import * as translated from "../../web/dist/latchkey-no-wasm.js";
import { chatTag, page } from "./site.mjs";
import { askToEnd, log, openChat, panel, says, signIn, strictPolicy, useBank, write } from "./visit.mjs";

const bank = useBank();

const balance = "Your balance is EUR 2,418.32.";

async function isTheSame(tab) {
  await signIn(tab, "C-9999");
  await says(tab, "That ID was not recognised.");
  // The label of the button, as far as the engine is concerned, once the page has changed its case.
  await write(tab, "ｔｒｙ ＡＧＡＩＮ");
  await says(tab, "What is your customer ID?");
  await write(tab, "C-1001");
  await says(tab, balance);
  await panel(tab).getByText(/^Signed in/).waitFor();
  await tab.reload();
  await says(tab, balance);
  await tab.getByRole("button", { name: "Leave a note" }).last().click();
  await says(tab, "What shall I note?");
  await write(tab, "héllo 😀");
  await says(tab, "héllo 😀");
  await askToEnd(tab);
  await panel(tab).getByRole("button", { name: "End chat" }).last().click();
  assert.equal(await log(tab).getByText(balance).count(), 0);
}

describe("P1b: without WebAssembly", () => {
  test("under a policy that allows no WebAssembly, the chat is the same", async () => {
    const policy = { "content-security-policy": strictPolicy(bank.api.origin, "'self'") };
    bank.files["/"] = { body: page(chatTag), headers: policy };
    const tab = await bank.visit();
    await isTheSame(tab);
    assert.deepEqual(tab.errors, []);
    assert.ok(bank.requests.includes("/latchkey-no-wasm.js"));
  });

  test("in a browser that has none, the chat is the same", async () => {
    const tab = await bank.visit({}, (tab) => tab.addInitScript(() => delete globalThis.WebAssembly));
    await isTheSame(tab);
    assert.deepEqual(tab.errors, []);
  });

  test("where there is some, nothing of it is loaded", async () => {
    const before = bank.requests.length;
    const tab = await bank.visit();
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    assert.deepEqual(bank.requests.slice(before).filter((path) => path.includes("no-wasm")), []);
  });
});

test("P1b: the engine as JavaScript grows with its bot, and whoever holds its old memory can tell", async () => {
  const instantiateWasm = (imports, done) => {
    const exports = translated.instantiate(imports);
    done({ exports });
    return exports;
  };
  const { Engine } = await createLatchkey({ instantiateWasm });
  const engine = new Engine();
  const before = engine.memory().buffer;
  const dialogs = Array.from({ length: 20_000 }, (_, i) => ({ id: i ? `d${i}` : "default", keywords: [`word ${i}`], elements: [{ type: "text", text: `Dialog ${i}.` }] }));
  const bytes = new TextEncoder().encode(JSON.stringify({ latchkey: 1, id: "large", dialogs }));
  const at = engine.input(bytes.length);
  new Uint8Array(engine.memory().buffer).set(bytes, at);
  const size = engine.load(bytes.length);
  assert.equal(before.byteLength, 0);
  const { buffer } = engine.memory();
  const output = new Uint32Array(buffer)[engine.border() / 4];
  assert.equal(JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, output, size))).bot.id, "large");
});
