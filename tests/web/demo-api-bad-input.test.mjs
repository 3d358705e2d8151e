// What the demo's customer API answers to requests that no honest client sends.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { ada, withApi } from "./demo-harness.mjs";

describe("bad input", () => {
  const credentials = { authorization: ada.id, "x-passcode": ada.passcode };
  /** @type {[string, number, string, Record<string, string>?, string?][]} */
  const cases = [
    ["no headers", 400, "/customers/verify"],
    ["no passcode", 400, "/customers/verify", { authorization: ada.id }],
    ["an ID of 65 characters", 400, "/customers/verify", { ...credentials, authorization: "1".repeat(65) }],
    ["a passcode of 129 characters", 400, "/customers/verify", { ...credentials, "x-passcode": "a".repeat(129) }],
    ["Latin-1 in an ID", 400, "/customers/verify", { ...credentials, authorization: "4071825\u00e9" }],
    ["a tab in a passcode", 400, "/customers/verify", { ...credentials, "x-passcode": "a\tb" }],
    ["SQL in an ID", 401, "/customers/verify", { ...credentials, authorization: "'OR'1'='1" }],
    ["a query", 200, "/customers/verify?x=1", credentials],
    ["the address with a slash", 404, "/customers/verify/", credentials],
    ["an unknown address", 404, "/__proto__"],
    ["a customer in the address", 404, `/customers/${ada.id}/accounts`],
    ["POST", 405, "/customers/verify", credentials, "POST"],
    ["HEAD", 405, "/customers/verify", credentials, "HEAD"],
    ["GET of the session", 405, "/customers/me/session", credentials],
  ];
  for (const [name, status, path, headers, method] of cases) {
    test(`${name}: ${status}`, () =>
      withApi(async ({ get }) => {
        const response = await get(path, headers, method);
        assert.equal(response.status, status);
        assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
        if (status === 405) assert.match(response.headers.get("allow") ?? "", /OPTIONS/);
        if (status >= 400 && method !== "HEAD") assert.deepEqual(Object.keys(await response.json()), ["error", "message"]);
      }));
  }

  for (const [name, request, status] of [
    ["what is no HTTP", "hello\r\n\r\n", 400],
    ["a header that is none", "GET /customers/verify HTTP/1.1\r\nHost: x\r\nAuth\0orization: 1\r\n\r\n", 400],
    ["headers of 40 KB", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(40_000)}\r\n\r\n`, 431],
    ["an absolute address", "GET http://x/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404],
  ]) {
    test(`${name}: ${status}, and the API goes on`, () =>
      withApi(async ({ origin, verify }) => {
        const answer = await raw(origin, String(request));
        assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `));
        assert.match(answer, /no-store/i);
        assert.doesNotMatch(answer, / at .*\.mjs|node:/);
        assert.equal((await verify(ada.id, ada.passcode)).status, 200);
      }));
  }
});

/** Sends bytes as they are. @param {string} origin @param {string} text @returns {Promise<string>} */
function raw(origin, text) {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.setEncoding("utf8").on("data", (part) => { answer += part; }).on("error", reject).on("close", () => resolve(answer));
  });
}
