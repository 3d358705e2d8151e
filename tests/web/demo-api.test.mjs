// The demo's customer API by real HTTP: a model of what stands behind authenticated dialogs.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { testCustomers } from "../../web/demo/test-customers.mjs";
import { ada, bearer, bram, minuteMs, newFile, siteOrigin, tokenOf, withApi } from "./demo-harness.mjs";

/** What a client can tell two answers apart by. @param {Response} response */
async function visible(response) {
  const headers = [...response.headers].filter(([name]) => name !== "date");
  return { status: response.status, headers, body: await response.text() };
}

describe("Server kit: signing in", () => {
  test("ID and passcode that belong together get a token of 128 random bits, another one each time", () =>
    withApi(async ({ verify }) => {
      const response = await verify(ada.id, ada.passcode);
      assert.equal(response.status, 200);
      const body = await response.json();
      assert.deepEqual({ ...body, token: "" }, { token: "", name: "Ada Quill", expiresInSeconds: 900 });
      assert.equal(Buffer.from(body.token, "base64url").length, 16);
      assert.notEqual(await tokenOf(await verify(ada.id, ada.passcode)), body.token);
    }));

  test("an unknown ID and a wrong passcode are answered exactly alike", () =>
    withApi(async ({ verify }) => {
      const unknown = await visible(await verify("10000001", ada.passcode));
      assert.equal(unknown.status, 401);
      assert.deepEqual(await visible(await verify(ada.id, "wrong")), unknown);
      assert.deepEqual(await visible(await verify(ada.id, bram.passcode)), unknown);
    }));

  test("an unknown ID takes the work of a known one", () =>
    withApi(async ({ verify }) => {
      const timed = async (/** @type {string} */ id) => {
        const started = performance.now();
        await verify(id, "wrong");
        return performance.now() - started;
      };
      await timed(ada.id);
      const times = { known: Infinity, unknown: Infinity };
      const areAlike = () => times.unknown > times.known / 2 && times.unknown < times.known * 2;
      for (let round = 0; round < 8 || (round < 40 && !areAlike()); round++) {
        times.known = Math.min(times.known, await timed(ada.id));
        times.unknown = Math.min(times.unknown, await timed("10000001"));
      }
      assert.ok(areAlike(), JSON.stringify(times));
    }, { limits: { perCustomer: 100, perAddress: 100, windowSeconds: 900 } }));

  test("neither passcodes nor tokens are in the database file", async () => {
    const databaseFile = newFile();
    let token = "";
    await withApi(async ({ verify }) => { token = await tokenOf(await verify(ada.id, ada.passcode)); }, { databaseFile });
    const bytes = await readFile(databaseFile, "latin1");
    assert.ok(bytes.includes(ada.id));
    assert.ok(!bytes.includes(ada.passcode));
    assert.ok(!bytes.includes(token));
  });
});

describe("Server kit: limits on attempts", () => {
  const limited = { limits: { perCustomer: 3, perAddress: 5, windowSeconds: 900 } };

  for (const [who, id] of [["a customer", ada.id], ["an ID that nobody has", "10000001"]]) {
    test(`after the last wrong attempt at ${who}, even the right passcode waits`, () =>
      withApi(async ({ verify, clock }) => {
        for (let attempt = 0; attempt < 3; attempt++) assert.equal((await verify(id, "wrong")).status, 401);
        clock.now += 5 * minuteMs;
        const refused = await verify(id, ada.passcode);
        assert.equal(refused.status, 429);
        assert.equal(refused.headers.get("retry-after"), "600");
        assert.equal((await verify(bram.id, bram.passcode)).status, 200);
        clock.now += 10 * minuteMs - 1;
        assert.equal((await verify(id, ada.passcode)).status, 429);
        clock.now += 1;
        assert.equal((await verify(id, ada.passcode)).status, id === ada.id ? 200 : 401);
      }, limited));
  }

  test("a success forgives the customer's attempts, but not the address's", () =>
    withApi(async ({ verify }) => {
      for (const id of [ada.id, ada.id, "10000001", "10000002"]) await verify(id, "wrong");
      assert.equal((await verify(ada.id, ada.passcode)).status, 200);
      assert.equal((await verify(ada.id, "wrong")).status, 401);
      const refused = await verify(ada.id, ada.passcode);
      assert.equal(refused.status, 429);
      assert.equal((await verify("10000003", "wrong")).status, 429);
    }, limited));

  test("guesses sent at once are counted before they are checked", () =>
    withApi(async ({ verify }) => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => verify(ada.id, "wrong")));
      assert.deepEqual(answers.map((answer) => answer.status).sort(), [...Array(3).fill(401), ...Array(17).fill(429)]);
    }, limited));

  test("a restart forgives nothing", async () => {
    const databaseFile = newFile();
    await withApi(async ({ verify }) => { for (let n = 0; n < 3; n++) await verify(ada.id, "wrong"); }, { ...limited, databaseFile });
    await withApi(async ({ verify }) => assert.equal((await verify(ada.id, ada.passcode)).status, 429), { ...limited, databaseFile });
  });
});

describe("Server kit: data", () => {
  test("comes with the token, and is its customer's alone", () =>
    withApi(async ({ get, verify }) => {
      for (const customer of testCustomers) {
        const token = bearer(await tokenOf(await verify(customer.id, customer.passcode)));
        const { accounts } = await (await get("/customers/me/accounts", token)).json();
        assert.deepEqual(accounts.map((/** @type {{ ending: string }} */ { ending }) => ending), customer.accounts.map(({ ending }) => ending));
        const { transactions } = await (await get("/customers/me/transactions", token)).json();
        const own = customer.accounts.flatMap(({ bookings }) => bookings.map(({ description }) => description));
        assert.equal(transactions.length, Math.min(5, own.length));
        for (const { description } of transactions) assert.ok(own.includes(description));
      }
    }));

  test("has figures and ready text", () =>
    withApi(async ({ get, verify }) => {
      const token = bearer(await tokenOf(await verify(ada.id, ada.passcode)));
      const { accounts: [account] } = await (await get("/customers/me/accounts", token)).json();
      assert.deepEqual(account, {
        kind: "current", name: "Current account", ending: "0217", currency: "GBP", balance: 1842.5, balanceText: "£1,842.50",
      });
      const { transactions: [newest] } = await (await get("/customers/me/transactions", token)).json();
      assert.deepEqual(newest, {
        day: "2026-01-15", dayText: "15 January", description: "Corner Greengrocer", account: "Current account",
        currency: "GBP", amount: -23.4, amountText: "−£23.40",
      });
    }));

  test("stops at the exact end of the token's life", () =>
    withApi(async ({ get, verify, clock }) => {
      const token = bearer(await tokenOf(await verify(ada.id, ada.passcode)));
      clock.now += 15 * minuteMs - 1;
      assert.equal((await get("/customers/me/accounts", token)).status, 200);
      clock.now += 1;
      assert.equal((await get("/customers/me/accounts", token)).status, 401);
      assert.equal((await get("/customers/me/transactions", token)).status, 401);
    }));

  test("stops when the customer signs out", () =>
    withApi(async ({ get, verify }) => {
      const token = bearer(await tokenOf(await verify(ada.id, ada.passcode)));
      assert.equal((await get("/customers/me/session", token, "DELETE")).status, 204);
      assert.equal((await get("/customers/me/accounts", token)).status, 401);
      assert.equal((await get("/customers/me/session", token, "DELETE")).status, 401);
    }));

  test("is refused without a token, and with anything that is none", () =>
    withApi(async ({ get, verify }) => {
      const token = await tokenOf(await verify(ada.id, ada.passcode));
      const wrong = ["", ada.id, token, `Basic ${token}`, "Bearer", "Bearer ", `Bearer ${token}x`, `Bearer ${token.slice(1)}`,
        `Bearer ${token}, Bearer ${token}`, `Bearer ${"A".repeat(22)}`, "Bearer undefined", "Bearer ' OR 1=1 --"];
      for (const authorization of wrong) {
        const response = await get("/customers/me/accounts", authorization ? { authorization } : {});
        assert.equal(response.status, 401, authorization);
        assert.equal((await response.json()).error, "notSignedIn");
      }
    }));
});

describe("Server kit: other origins and caches", () => {
  test("the preflight answers the site's origin exactly", () =>
    withApi(async ({ get }) => {
      const response = await get("/customers/verify",
        { "access-control-request-method": "GET", "access-control-request-headers": "authorization,x-passcode" }, "OPTIONS");
      assert.equal(response.status, 204);
      assert.equal(response.headers.get("access-control-allow-origin"), siteOrigin);
      assert.match(response.headers.get("access-control-allow-methods") ?? "", /\bGET\b/);
      assert.match(response.headers.get("access-control-allow-headers") ?? "", /Authorization, X-Passcode/);
      assert.equal(response.headers.get("access-control-allow-credentials"), null);
    }));

  test("any other origin is refused before anything is checked or counted", () =>
    withApi(async ({ get }) => {
      for (const origin of ["https://evil.example", "null", "http://localhost:80800", "http://localhost", `${siteOrigin}/`]) {
        for (const method of ["GET", "OPTIONS"]) {
          const headers = { origin, authorization: ada.id, "x-passcode": ada.passcode };
          const response = await get("/customers/verify", headers, method);
          assert.equal(response.status, 403, origin);
          assert.equal(response.headers.get("access-control-allow-origin"), null);
        }
      }
    }, { limits: { perCustomer: 1, perAddress: 1, windowSeconds: 900 } }));

  test("no answer may be stored, and each depends on the origin", () =>
    withApi(async ({ get, verify }) => {
      const token = bearer(await tokenOf(await verify(ada.id, ada.passcode)));
      const answers = [
        await verify(ada.id, ada.passcode), await verify(ada.id, "wrong"), await get("/customers/me/accounts", token),
        await get("/customers/me/accounts"), await get("/nowhere"), await get("/customers/verify", {}, "OPTIONS"),
      ];
      for (const { headers } of answers) {
        assert.equal(headers.get("cache-control"), "no-store");
        assert.equal(headers.get("vary"), "Origin");
      }
    }));
});
