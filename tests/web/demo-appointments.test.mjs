// The demo's bike workshop by real HTTP, and what the tutorial's bot calls.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { testCustomers } from "../../web/demo/test-customers.mjs";
import { withApi } from "./demo-harness.mjs";

const wish = {
  service: "Brakes", bikes: 1, start: "2026-01-16T09:00:00Z", name: "Ines Ferro", email: "ines@example.org", phone: "+442079460018",
  photo: null, firstVisit: true, reminder: true,
};
const book = ({ send }, changes = {}, key = "k-1") => send("POST", "/appointments", { ...wish, ...changes }, { "idempotency-key": key });
const slotsFrom = async ({ get }, day) => (await (await get(`/appointments/slots?from=${day}`)).json()).slots.map(({ start }) => start);

describe("free times", () => {
  test("are the next three, in the future, and never on a Sunday", () => withApi(async (api) => {
    // The clock stands on Thursday, 15 January 2026, at noon.
    assert.deepEqual(await slotsFrom(api, "2026-01-15"), ["2026-01-15T13:00:00Z", "2026-01-15T14:30:00Z", "2026-01-15T16:00:00Z"]);
    assert.deepEqual(await slotsFrom(api, "2026-01-18"), ["2026-01-19T09:00:00Z", "2026-01-19T10:30:00Z", "2026-01-19T13:00:00Z"]);
    assert.deepEqual(await slotsFrom(api, "2001-01-01"), await slotsFrom(api, "2026-01-15"));
    assert.deepEqual(await slotsFrom(api, "2026-03-17"), []);
  }));

  test("want a day of the calendar", () => withApi(async ({ get }) => {
    for (const query of ["", "?from=", "?from=tomorrow", "?from=2026-02-30", "?from=2026-1-5", "?from=9999999-01-01"]) {
      assert.equal((await get(`/appointments/slots${query}`)).status, 400, query);
    }
  }));
});

describe("a booking", () => {
  test("takes the time", () => withApi(async (api) => {
    const response = await book(api);
    assert.equal(response.status, 201);
    const { reference, start } = await response.json();
    assert.match(reference, /^[B-DF-HJ-NP-TV-Z2-9]{6}$/);
    assert.equal(start, wish.start);
    assert.ok(!(await slotsFrom(api, "2026-01-16")).includes(wish.start));
    assert.equal((await book(api, {}, "k-2")).status, 409);
  }));

  test("with the same key is the same booking", () => withApi(async (api) => {
    const first = await (await book(api)).json();
    const again = await book(api);
    assert.equal(again.status, 200);
    assert.deepEqual(await again.json(), first);
    assert.deepEqual(await (await book(api, { start: "2026-01-16T13:00:00Z" })).json(), first);
  }));

  test("is refused with anything that is none", () => withApi(async (api) => {
    const wrong = [
      ["a time that is not offered", 409, { start: "2026-01-16T09:10:00Z" }], ["a time that is over", 409, { start: "2026-01-15T09:00:00Z" }],
      ["a Sunday", 409, { start: "2026-01-18T09:00:00Z" }], ["a day far away", 409, { start: "2026-06-16T09:00:00Z" }],
      ["no time", 422, { start: null }], ["five bikes", 422, { bikes: 5 }], ["half a bike", 422, { bikes: 0.5 }], ["no name", 422, { name: "" }],
      ["no e-mail address", 422, { email: undefined }], ["no phone number", 422, { phone: 5 }], ["no service", 422, { service: "x" }],
    ];
    for (const [what, status, changes] of wrong) assert.equal((await book(api, changes)).status, status, what);
  }));

  test("wants a key", () => withApi(async (api) => {
    assert.equal((await api.send("POST", "/appointments", wish)).status, 400);
    assert.equal((await book(api, {}, "k".repeat(65))).status, 400);
  }));

  test("twenty from one address are enough for a while", () => withApi(async (api) => {
    let start = "2026-01-19";
    for (let n = 0; n < 20; n++) {
      [start] = await slotsFrom(api, start.slice(0, 10));
      assert.equal((await book(api, { start }, `key-${n}`)).status, 201);
    }
    [start] = await slotsFrom(api, start.slice(0, 10));
    const refused = await book(api, { start }, "one more");
    assert.equal(refused.status, 400, "a key has no spaces");
    assert.equal((await book(api, { start }, "one-more")).status, 429);
    assert.equal((await book(api, { start }, "key-3")).status, 200);
  }));
});

describe("the tutorial's API", () => {
  const ask = ({ get }, id) => get("/tutorial/customers/verify", { authorization: id });

  test("says whether an ID is known, and gives nothing else", () => withApi(async (api) => {
    const known = await ask(api, "C-1001");
    assert.equal(known.status, 200);
    assert.deepEqual(await known.json(), { ok: true });
    assert.equal((await ask(api, "C-9")).status, 401);
    assert.equal((await ask(api, "")).status, 400);
  }));

  test("knows none of the bank's customers", () => withApi(async (api) => {
    for (const { id } of testCustomers) assert.equal((await ask(api, id)).status, 401);
  }));

  test("limits attempts", () => withApi(async (api) => {
    for (let n = 0; n < 5; n++) await ask(api, "C-9");
    assert.equal((await ask(api, "C-9")).status, 429);
    assert.equal((await ask(api, "C-1001")).status, 200);
  }));
});
