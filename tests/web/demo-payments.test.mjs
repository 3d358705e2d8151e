// The demo bank's payments by real HTTP: prepared, confirmed, and sent once.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { testCustomers } from "../../web/demo/test-customers.mjs";
import { ada, bearer, bram, minuteMs, tokenOf, withApi } from "./demo-harness.mjs";

const femi = testCustomers.at(-1);
const order = { payee: "Harbour Books", account: "20406080", amount: 12.5, reference: "Atlas" };
const payments = "/customers/me/payments";

/** Runs `body` with an API to which Ada is signed in. */
const withAda = (body) => withApi(async (api) => {
  const ticket = bearer(await tokenOf(await api.verify(ada.id, ada.passcode)));
  const balance = async () => (await (await api.get("/customers/me/accounts", ticket)).json()).accounts[0].balance;
  const prepare = async (changes = {}) => api.send("POST", payments, { ...order, ...changes }, ticket);
  const confirm = (id, headers = ticket) => api.send("POST", `${payments}/${id}/confirmation`, "", headers);
  await body({ ...api, ticket, balance, prepare, confirm });
});

describe("a payment", () => {
  test("is prepared with an ID, and nothing is moved yet", () => withAda(async ({ prepare, balance }) => {
    const response = await prepare();
    assert.equal(response.status, 201);
    const { id, ...payment } = await response.json();
    assert.equal(Buffer.from(id, "base64url").length, 16);
    assert.deepEqual(payment, {
      state: "prepared", payee: "Harbour Books", reference: "Atlas", amount: 12.5, amountText: "£12.50",
      from: "Current account", balanceAfterText: "£1,830.00",
    });
    assert.equal(await balance(), 1842.5);
  }));

  test("is sent once, however often it is confirmed", () => withAda(async ({ get, ticket, prepare, confirm, balance }) => {
    const { id } = await (await prepare()).json();
    const answers = await Promise.all([confirm(id), confirm(id), confirm(id)]);
    for (const answer of answers) {
      assert.equal(answer.status, 200);
      assert.deepEqual([(await answer.json()).state], ["sent"]);
    }
    assert.equal(await balance(), 1830);
    const { transactions } = await (await get("/customers/me/transactions", ticket)).json();
    assert.equal(transactions.filter(({ description }) => description === "Payment to Harbour Books").length, 1);
  }));

  test("tells what became of it, to its customer alone", () => withAda(async ({ get, verify, ticket, prepare, confirm, balance }) => {
    const { id } = await (await prepare()).json();
    assert.equal((await (await get(`${payments}/${id}`, ticket)).json()).state, "prepared");
    const other = bearer(await tokenOf(await verify(bram.id, bram.passcode)));
    assert.equal((await get(`${payments}/${id}`, other)).status, 404);
    assert.equal((await confirm(id, other)).status, 404);
    assert.equal((await get(`${payments}/${id}`)).status, 401);
    assert.equal((await confirm(id, {})).status, 401);
    assert.equal(await balance(), 1842.5);
    await confirm(id);
    assert.equal((await (await get(`${payments}/${id}`, ticket)).json()).state, "sent");
  }));

  test("that is not confirmed in time has to be prepared anew", () => withAda(async ({ clock, verify, prepare, confirm }) => {
    const { id } = await (await prepare()).json();
    clock.now += 15 * minuteMs;
    const fresh = bearer(await tokenOf(await verify(ada.id, ada.passcode)));
    assert.equal((await confirm(id, fresh)).status, 409);
    assert.equal((await confirm("A".repeat(22), fresh)).status, 404);
    clock.now -= 1;
    assert.equal((await confirm(id, fresh)).status, 200);
  }));

  test("needs the money to be there, when it is prepared and when it is confirmed", () => withAda(async ({ send, verify, prepare, confirm, balance }) => {
    const ids = [];
    for (let n = 0; n < 2; n++) ids.push((await (await prepare({ amount: 1000 })).json()).id);
    assert.equal((await confirm(ids[0])).status, 200);
    const refused = await confirm(ids[1]);
    assert.equal(refused.status, 422);
    assert.deepEqual(await refused.json(), { error: "notEnoughMoney", message: "There is £842.50 in this account, which is not enough." });
    assert.equal(await balance(), 842.5);
    const empty = bearer(await tokenOf(await verify(femi.id, femi.passcode)));
    assert.equal((await send("POST", payments, order, empty)).status, 422);
  }));

  test("is refused with anything that is none", () => withAda(async ({ prepare, balance }) => {
    const wrong = {
      "no payee": { payee: undefined }, "a payee that is no text": { payee: { $ne: null } }, "a payee of one character": { payee: " x " },
      "a control character": { payee: "Harbour\nBooks" }, "seven digits": { account: "2040608" }, "letters": { account: "2040608O" },
      "nothing": { amount: 0 }, "less than nothing": { amount: -5 }, "too much": { amount: 1000.01 }, "half a penny": { amount: 1.005 },
      "an amount as a text": { amount: "12.50" }, "a reference of 36 characters": { reference: "a".repeat(36) },
    };
    for (const [what, changes] of Object.entries(wrong)) {
      const response = await prepare(changes);
      assert.equal(response.status, 422, what);
      assert.deepEqual(Object.keys(await response.json()), ["error", "message"]);
    }
    assert.equal(await balance(), 1842.5);
  }));

  test("is refused when its body is none, and the API goes on", () => withAda(async ({ send, ticket, prepare }) => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const bodies = [[400, "{"], [400, "[]"], [400, "null"], [400, ""], [413, JSON.stringify({ payee: "x".repeat(20_000) })], [415, "payee=x", form]];
    for (const [status, body, headers] of bodies) {
      const response = await send("POST", payments, body, { ...ticket, ...headers });
      assert.equal(response.status, status, body.slice(0, 20));
      assert.deepEqual(Object.keys(await response.json()), ["error", "message"]);
      assert.equal((await prepare()).status, 201);
    }
  }));
});
