import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { loadSource } from "./load-source.mjs";

const { performCall } = await loadSource(["call.ts"]);

let server;
let origin;
const seen = [];

/** path of the test server → what it answers */
const answers = {
  "/ok": (response) => response.writeHead(200, { "X-Kind": "Test" }).end('{"name":"Žana"}'),
  "/unauthorised": (response) => response.writeHead(401).end("no"),
  "/empty": (response) => response.writeHead(204).end(),
  "/redirect": (response) => response.writeHead(302, { location: "/ok" }).end(),
  "/redirect307": (response) => response.writeHead(307, { location: "/ok" }).end(),
  "/pieces": async (response) => {
    for (const byte of Buffer.from('{"name":"Žana"}')) await new Promise((written) => response.write(Buffer.of(byte), () => setTimeout(written, 2)));
    response.end();
  },
  "/silent": () => {},
  "/slow": (response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write("."), 20);
    response.on("close", () => clearInterval(drip));
  },
  "/endless": (response) => {
    const pour = () => { while (!response.destroyed && response.write("x".repeat(65_536))); };
    response.on("drain", pour);
    pour();
  },
  "/bomb": (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(10_000_000))),
  "/bad-gzip": (response) => response.writeHead(200, { "content-encoding": "gzip" }).end("not gzip at all"),
  "/latin": (response) => response.writeHead(200).end(Buffer.from([0x22, 0xe9, 0x22])),
  "/truncated": (response) => {
    response.writeHead(200, { "content-length": "1000" }).write("half");
    setTimeout(() => response.destroy(), 20);
  },
  "/garbage": (response) => response.socket.end("HTTP/1.1 nonsense\r\n\r\n"),
  "/reset": (response) => response.socket.resetAndDestroy(),
};

before(async () => {
  server = createServer((request, response) => {
    seen.push({ method: request.method, url: request.url, headers: request.headers });
    answers[request.url]?.(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const stopper = () => new AbortController();
const call = (path, changes = {}) => ({
  id: 1, method: "GET", url: origin + path, headers: {}, body: null, timeoutMs: 5000, credentials: "omit", maxBytes: 1_048_576, ...changes,
});
const perform = (path, changes, place = {}, stop = stopper()) =>
  performCall(call(path, changes), stop.signal, { page: "https://site.example/page", origins: null, ...place });

describe("a call", () => {
  test("gives status, headers and body as they are", async () => {
    const answer = await perform("/ok");
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["x-kind"], "Test");
    assert.equal(answer.body, '{"name":"Žana"}');
    assert.equal((await perform("/unauthorised")).status, 401);
    assert.deepEqual((await perform("/empty")).body, "");
  });

  test("takes a body that comes byte by byte", async () => assert.equal((await perform("/pieces")).body, '{"name":"Žana"}'));

  test("leaves nothing behind that keeps a program or a chat busy", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const before = timers();
    const stop = stopper();
    await perform("/ok", { timeoutMs: 60_000 }, {}, stop);
    assert.equal(getEventListeners(stop.signal, "abort").length, 0);
    assert.ok(timers() <= before, "its deadline is still running");
  });

  test("R4: sends method, headers and body, and no referrer", async () => {
    await perform("/ok", { method: "POST", headers: { Authorization: "C-1001" }, body: "{}" });
    const { method, headers } = seen.at(-1);
    assert.equal(method, "POST");
    assert.equal(headers["authorization"], "C-1001");
    assert.equal(headers["referer"], undefined);
    assert.equal(headers["cache-control"], "no-cache", "nothing may come from a cache on the way");
  });

  for (const path of ["/redirect", "/redirect307"]) {
    test(`R4: does not follow ${path}`, async () => {
      const before = seen.length;
      assert.deepEqual(await perform(path, { headers: { "X-Customer-Id": "C-1001" } }), { failed: "network" });
      assert.equal(seen.length, before + 1, "no header reaches the target");
    });
  }

  for (const path of ["/bad-gzip", "/latin", "/truncated", "/garbage", "/reset"]) {
    test(`${path} is no answer`, async () => assert.deepEqual(await perform(path), { failed: "network" }));
  }

  for (const path of ["/silent", "/slow"]) {
    test(`R5: ${path} stops at the deadline`, async () => {
      // Against a timer of its own, so that a machine that is busy does not count.
      let due = Infinity;
      setTimeout(() => (due = performance.now()), 150);
      assert.deepEqual(await perform(path, { timeoutMs: 150 }), { failed: "timeout" });
      assert.ok(performance.now() - due < 1000);
    });
    test(`R5: ${path} stops when the chat ends`, async () => {
      const stop = stopper();
      setTimeout(() => stop.abort(), 50);
      assert.deepEqual(await perform(path, {}, {}, stop), { failed: "aborted" });
    });
  }

  for (const path of ["/endless", "/bomb"]) {
    test(`A1: ${path} stops at the cap`, async () => assert.deepEqual(await perform(path), { failed: "tooLarge" }));
  }

  test("takes a body of exactly the cap", async () => {
    const size = Buffer.byteLength('{"name":"Žana"}');
    assert.equal((await perform("/ok", { maxBytes: size })).status, 200);
    assert.deepEqual(await perform("/ok", { maxBytes: size - 1 }), { failed: "tooLarge" });
  });

  test("that was stopped before it began sends nothing", async () => {
    const stop = stopper();
    stop.abort();
    const before = seen.length;
    assert.deepEqual(await perform("/ok", {}, {}, stop), { failed: "aborted" });
    assert.equal(seen.length, before);
  });

  test("to a port where nobody listens is no answer", async () => {
    assert.deepEqual(await perform("", { url: "http://127.0.0.1:1/" }), { failed: "network" });
  });

  const blocked = {
    "http to another machine": { url: "http://api.example/" },
    "another scheme": { url: "ftp://api.example/" },
    "script": { url: "javascript:alert(1)" },
    "an address that leaves the page's origin by its slashes": { url: "//api.example/x" },
    "the same by a backslash": { url: "/\\api.example/x" },
    "a line break in a header": { headers: { "X-Name": "a\r\nb: c" } },
    "a header outside Latin-1": { headers: { "X-Name": "Ж" } },
    "a user name in the address": { url: "https://user:pass@api.example/" },
  };
  for (const [name, changes] of Object.entries(blocked)) {
    test(`R1: is blocked, and says so without what the address or a header holds: ${name}`, async () => {
      const said = [];
      assert.deepEqual(await perform("/ok", changes, { blocked: (why) => said.push(why) }), { failed: "blocked" });
      assert.match(said.join(), /^A request to [a-z]+(:\/\/[a-z.0-9:]+)? was not sent: it is not https, [a-z ,-]+\.$/);
      assert.doesNotMatch(said.join(), /user|pass|alert|Ж|\/x|b: c/);
    });
  }

  test("R1: goes only where the page allows, if it says so", async () => {
    assert.deepEqual(await perform("/ok", {}, { origins: ["https://api.example"] }), { failed: "blocked" });
    assert.deepEqual(await perform("/ok", {}, { origins: [] }), { failed: "blocked" });
    assert.equal((await perform("/ok", {}, { origins: [origin] })).status, 200);
  });

  test("to a path belongs to the page's origin", async () => {
    assert.equal((await perform("", { url: "/ok" }, { page: `${origin}/shop/` })).status, 200);
    const said = [];
    assert.deepEqual(await perform("", { url: "/ok" }, { page: null, blocked: (why) => said.push(why) }), { failed: "blocked" });
    assert.deepEqual(said, ["A request was not sent: it is not https, api-origins does not name it, or its headers cannot be sent."]);
  });
});
