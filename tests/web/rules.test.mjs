import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";

const web = join(import.meta.dirname, "../../web");
const sources = (await readdir(join(web, "src"), { recursive: true })).filter((name) => name.endsWith(".ts"));
const firstFiles = ["latchkey.js", "latchkey-chat.js", "latchkey.wasm"];
const laterFiles = { "latchkey-rich.js": 6 * 1024, "latchkey-more.js": 3 * 1024, "latchkey-markdown.js": 16 * 1024, "latchkey-vault.js": 1024, "latchkey-options.js": 1024, "latchkey-no-wasm.js": 88 * 1024 };
const brotli = async (name) => brotliCompressSync(await readFile(join(web, "dist", name)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const read = (...path) => readFile(join(web, ...path), "utf8");

/** Strings that become markup or code. */
const dangerous = /\b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|DOMParser|execScript)\b|document\.write|\beval\s*\(|\bnew Function\b|\bFunction\s*\(/g;

describe("the sources", () => {
  for (const name of sources) {
    test(`O1: ${name} turns no string into markup or code`, async () => {
      assert.deepEqual((await read("src", name)).match(dangerous), null);
    });
  }

  const surroundings = /\b(document|window|globalThis|location|navigator|fetch|setTimeout|setInterval|sessionStorage|localStorage|performance|crypto|console)\b\s*[.(]|\bDate\s*[.(]|\bnew Date\b|Math\.random/g;
  for (const name of ["runtime.ts", "transcript.ts", "stored-entry.ts", "stored-record.ts", "protocol.ts", "host-interface.ts", "journal.ts", "widget/rows.ts", "widget/session.ts"]) {
    test(`${name} reaches the world through the host alone`, async () => {
      assert.deepEqual(code(await read("src", name)).match(surroundings), null);
    });
  }

  test("S2: only four files touch the storage, and nothing but keys lasts longer than the tab", async () => {
    for (const name of sources) {
      const text = code(await read("src", name));
      assert.doesNotMatch(text, /localStorage|document\.cookie/, name);
      if (name !== "vault.ts") assert.doesNotMatch(text, /indexedDB/, name);
      if (!["tab-storage.ts", "host.ts", "drawing.ts"].includes(name)) assert.doesNotMatch(text, /sessionStorage/, name);
    }
  });

  test("only the engine knows WebAssembly", async () => {
    for (const name of sources.filter((name) => !["engine.ts", "wasm.ts", "wasm-of-pages.ts", "no-wasm.ts"].includes(name) && !name.startsWith("cli/"))) {
      assert.doesNotMatch(code(await read("src", name)), /\bWebAssembly\./, name);
    }
  });

  test("P5: nothing listens to messages of other windows, or costs the page its back/forward cache", async () => {
    for (const name of sources) {
      const text = code(await read("src", name));
      // Tabs of the same origin may talk with each other: over a channel that no other origin can reach.
      const rest = name === "tabs.ts" ? text.replace(/\bchannel\.onmessage\b/, "") : text;
      assert.doesNotMatch(rest, /["'`](message|messageerror|unload|beforeunload)["'`]|onmessage|onunload|onbeforeunload/, name);
      if (name === "tabs.ts") assert.match(text, /\bchannel: BroadcastChannel \| null = null;/);
      else assert.doesNotMatch(text, /BroadcastChannel|postMessage/, name);
      assert.doesNotMatch(text, /navigator\.locks|MessageChannel|SharedWorker/, name);
    }
  });
});

describe("the built files", () => {
  test("of classic script are ASCII, for a page may be in any encoding", async () => {
    assert.doesNotMatch(await read("dist", "latchkey.js"), /[^\n -~]/);
  });

  test("P2, O1: turn no string into code, and into markup only where Lit makes its templates under its Trusted Types policy", async () => {
    for (const name of ["latchkey.js", "engine.js", ...Object.keys(laterFiles)]) assert.deepEqual((await read("dist", name)).match(dangerous), null, name);
    assert.deepEqual((await read("dist", "latchkey-chat.js")).match(dangerous), ["innerHTML"]);
  });

  test("are as small as promised (brotli)", async () => {
    const sizes = {};
    for (const name of firstFiles) sizes[name] = await brotli(name);
    const all = Object.values(sizes).reduce((sum, size) => sum + size);
    assert.ok(sizes["latchkey.js"] <= 3072, `loader: ${sizes["latchkey.js"]} bytes`);
    assert.ok(all <= 100 * 1024, `everything: ${all} bytes, ${JSON.stringify(sizes)}`);
    for (const [name, most] of Object.entries(laterFiles)) assert.ok((await brotli(name)) <= most, `${name}: ${await brotli(name)} bytes`);
  });

  test("have their packages' licences beside them", async () => {
    const packages = { "latchkey-chat.js": ["@lit/reactive-element", "lit-html"], "latchkey-markdown.js": ["marked"] };
    for (const [name, expected] of Object.entries(packages)) {
      const licences = await read("dist", `${name}.LEGAL.txt`);
      for (const one of expected) assert.ok(licences.includes(`${one}\n\n`), `${name}: ${one}`);
      assert.match(licences, /Redistribution and use in source|Permission is hereby granted/);
    }
  });
});

/** A source without its comments. */
function code(text) {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}
