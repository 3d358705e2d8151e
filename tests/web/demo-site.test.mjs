// The demo's site by real HTTP, and the program that starts it all.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startDemoSite } from "../../web/demo/site.mjs";
import { testCustomers } from "../../web/demo/test-customers.mjs";

const apiOrigin = "http://localhost:9191";
const main = fileURLToPath(new URL("../../web/demo/main.mjs", import.meta.url));

/** @type {string} */
let folder;
/** @type {{ origin: string, close: () => Promise<void> }} */
let site;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-demo-"));
  await mkdir(join(folder, "dist"));
  await writeFile(join(folder, "dist", "latchkey.js"), "/* loader */".repeat(100));
  await writeFile(join(folder, "dist", "engine.wasm"), "\0asm");
  await writeFile(join(folder, "secret.js"), "secret");
  site = await startDemoSite({ port: 0, apiOrigin, dist: join(folder, "dist") });
});
after(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

/** Sends a path as it is: `fetch` would tidy it. @param {string} path @param {string} [method] @returns {Promise<{ status?: number, body: string }>} */
async function ask(path, method = "GET") {
  const sent = request(site.origin, { path, method, family: 4 }).end();
  const [response] = await once(sent, "response");
  let body = "";
  for await (const part of response.setEncoding("utf8")) body += part;
  return { status: response.statusCode, body };
}

describe("the site", () => {
  test("the page embeds the chat with one script tag, under a strict policy", async () => {
    const response = await fetch(site.origin);
    const page = await response.text();
    assert.ok(page.includes('<script src="/latchkey.js" data-bot="/bots/acme-bank.json"></script>'));
    assert.doesNotMatch(page, /<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
    assert.equal(response.headers.get("content-security-policy"),
      `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' ${apiOrigin}; `
      + "img-src 'self'; base-uri 'none'; object-src 'none'; form-action 'none'; require-trusted-types-for 'script'; "
      + "trusted-types lit-html");
  });

  test("everything that the page names is there", async () => {
    const page = await (await fetch(site.origin)).text();
    const names = [...page.matchAll(/(?:src|href|data-bot)="(\/[^"]*)"/g)].map(([, name]) => name);
    for (const name of new Set(names)) assert.equal((await fetch(site.origin + name)).status, 200, name);
  });

  test("the built chat has the right types, and pages alone have a policy", async () => {
    for (const [path, type] of [["/latchkey.js", /^text\/javascript/], ["/engine.wasm", /^application\/wasm$/], ["/images/acme.svg", /^image\/svg/]]) {
      const { headers } = await fetch(site.origin + path);
      assert.match(headers.get("content-type") ?? "", /** @type {RegExp} */ (type));
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.equal(headers.get("content-security-policy"), null);
    }
  });

  test("compresses as the client likes, and notices a new build", async () => {
    for (const encoding of ["br", "gzip"]) {
      const response = await fetch(`${site.origin}/latchkey.js`, { headers: { "accept-encoding": encoding } });
      assert.equal(response.headers.get("content-encoding"), encoding);
      assert.equal(await response.text(), "/* loader */".repeat(100));
    }
    await writeFile(join(folder, "dist", "latchkey.js"), "/* other */");
    assert.equal(await (await fetch(`${site.origin}/latchkey.js`)).text(), "/* other */");
    assert.equal((await ask("/latchkey.js")).body, "/* other */");
  });

  test("the bot file names the API's origin", async () => {
    const text = await (await fetch(`${site.origin}/bots/acme-bank.json`)).text();
    assert.ok(!text.includes("http://localhost:8081"));
    assert.deepEqual(JSON.parse(text).settings.apiOrigins, [apiOrigin]);
    const file = await readFile(new URL("../../web/demo/bots/acme-bank.json", import.meta.url), "utf8");
    assert.equal(text, file.replaceAll("http://localhost:8081", apiOrigin));
  });

  test("the test customers are those of the database", async () => {
    const listed = await (await fetch(`${site.origin}/test-customers.json`)).json();
    assert.deepEqual(listed, testCustomers.map(({ id, passcode, name }) => ({ id, passcode, name })));
  });

  for (const path of [
    "/../secret.js", "/dist/../../secret.js", "/%2e%2e/secret.js", "/..%2fsecret.js", "/..\\secret.js", "/%5c..%5csecret.js",
    "//secret.js", "/./../secret.js", "/images/../../main.mjs", "/../main.mjs", "/.hidden.js", "/images", "/images/", "/index.html%00.js",
    "/%", "/__proto__", "*", "http://x/../secret.js",
  ]) {
    test(`no way out: ${path}`, async () => {
      const { status, body } = await ask(path);
      assert.equal(status, 404);
      assert.equal(body, "There is nothing at this address.\n");
    });
  }

  test("only GET and HEAD", async () => {
    assert.equal((await ask("/", "POST")).status, 405);
    assert.deepEqual(await ask("/", "HEAD"), { status: 200, body: "" });
  });
});

describe("the program", () => {
  /** @param {string[]} options */
  async function run(...options) {
    const child = spawn(process.execPath, [main, "--database", join(folder, "bank.sqlite"), ...options]);
    let [out, err] = ["", ""];
    child.stdout.on("data", (part) => { out += part; if (out.includes("Ctrl+C")) child.kill("SIGTERM"); });
    child.stderr.on("data", (part) => { err += part; });
    const [status, signal] = await once(child, "close");
    return { status, signal, out, err };
  }

  test("prints address and customers, and stops cleanly", async () => {
    const { status, signal, out, err } = await run("--site-port", "0", "--api-port", "0");
    assert.match(out, /http:\/\/localhost:\d+/);
    for (const { id, passcode } of testCustomers) assert.match(out, new RegExp(`${id} +${passcode}`));
    assert.deepEqual({ status, signal, err }, { status: 0, signal: null, err: "" });
  });

  for (const [option, other] of [["site-port", "api-port"], ["api-port", "site-port"]]) {
    test(`a taken port: one sentence that names it and --${option}`, async () => {
      const taken = createServer().listen(0, "127.0.0.1");
      await once(taken, "listening");
      const { port } = /** @type {import("node:net").AddressInfo} */ (taken.address());
      const { status, err } = await run(`--${option}`, String(port), `--${other}`, "0");
      taken.close();
      assert.deepEqual({ status, err }, { status: 1, err: `Port ${port} is taken: stop what uses it, or choose another port with --${option}.\n` });
    });
  }

  for (const options of [["--nonsense"], ["--site-port", "http"], ["--api-port", "65536"], ["word"], ["--database", main]]) {
    test(`one line and status 1: ${options.map((option) => option === main ? "a database that is none" : option).join(" ")}`, async () => {
      const { status, out, err } = await run(...options);
      assert.equal(status, 1);
      assert.equal(out, "");
      assert.match(err, /^.+\n$/);
    });
  }
});
