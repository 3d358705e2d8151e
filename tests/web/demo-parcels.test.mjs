// The demo's parcel service by real HTTP: what is public, and what postcode and code open.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { testParcels } from "../../web/demo/test-parcels.mjs";
import { ada, bearer, minuteMs, tokenOf, withApi } from "./demo-harness.mjs";

const [onTheWay, outForDelivery] = testParcels;
const credentials = ({ postcode, code }) => ({ "x-postcode": postcode, "x-delivery-code": code });
const verifyParcel = ({ get }, parcel, changes = {}) => get(`/parcels/${parcel.number}/verify`, { ...credentials(parcel), ...changes });
const signedIn = async (api, parcel) => bearer(await tokenOf(await verifyParcel(api, parcel)));

describe("tracking", () => {
  test("tells anybody where a parcel is, and not whose it is", () => withApi(async ({ get }) => {
    const response = await get(`/parcels/${onTheWay.number}`);
    assert.equal(response.status, 200);
    const parcel = await response.json();
    assert.deepEqual(parcel, {
      number: "LK20481735", state: "onTheWay", place: "Harbour depot", day: "2026-01-16",
      map: "/images/parcels/on-the-way.svg", mapAlt: onTheWay.mapAlt,
    });
    assert.ok(!JSON.stringify(parcel).includes("Quay Street"));
  }));

  test("finds nothing where there is nothing", () => withApi(async ({ get }) => {
    for (const number of ["LK00000000", "lk20481735", "LK2048173", "me", "__proto__"]) {
      assert.equal((await get(`/parcels/${number}`)).status, 404, number);
    }
  }));
});

describe("a delivery", () => {
  test("is shown to who knows postcode and code, however the postcode is written", () => withApi(async (api) => {
    for (const postcode of ["HB1 4QT", "hb14qt", "HB1  4QT"]) {
      assert.equal((await verifyParcel(api, onTheWay, { "x-postcode": postcode })).status, 200);
    }
    const response = await api.get("/parcels/me/delivery", await signedIn(api, onTheWay));
    assert.deepEqual(await response.json(), {
      number: "LK20481735", day: "2026-01-16", address: "12 Quay Street, Harbourtown, HB1 4QT", window: "8 am to noon", changeable: true,
    });
  }));

  test("an unknown number, a wrong postcode and a wrong code are answered exactly alike", () => withApi(async (api) => {
    const answers = [
      await verifyParcel(api, { ...onTheWay, number: "LK00000000" }),
      await verifyParcel(api, onTheWay, { "x-postcode": "HB1 4QQ" }),
      await verifyParcel(api, onTheWay, { "x-delivery-code": "402918" }),
      await verifyParcel(api, onTheWay, credentials(outForDelivery)),
    ];
    const texts = new Set();
    for (const answer of answers) {
      assert.equal(answer.status, 401);
      texts.add(await answer.text());
    }
    assert.equal(texts.size, 1);
  }));

  test("codes cannot be guessed: after five wrong ones even the right one waits", () => withApi(async (api) => {
    for (let n = 0; n < 5; n++) assert.equal((await verifyParcel(api, onTheWay, { "x-delivery-code": `00000${n}` })).status, 401);
    assert.equal((await verifyParcel(api, onTheWay)).status, 429);
    assert.equal((await verifyParcel(api, outForDelivery)).status, 200);
    api.clock.now += 15 * minuteMs;
    assert.equal((await verifyParcel(api, onTheWay)).status, 200);
  }));

  test("a token opens one parcel, and no account; a bank's token opens no parcel", () => withApi(async (api) => {
    const parcelToken = await signedIn(api, outForDelivery);
    assert.equal((await (await api.get("/parcels/me/delivery", parcelToken)).json()).number, outForDelivery.number);
    assert.equal((await api.get("/customers/me/accounts", parcelToken)).status, 401);
    const bankToken = bearer(await tokenOf(await api.verify(ada.id, ada.passcode)));
    assert.equal((await api.get("/parcels/me/delivery", bankToken)).status, 401);
    assert.equal((await api.get("/parcels/me/delivery")).status, 401);
  }));

  test("is changed, to the same however often it is said", () => withApi(async (api) => {
    const token = await signedIn(api, onTheWay);
    const change = { window: "4 pm to 8 pm", address: "  9 Hill Street, Harbourtown, HB1 4QT " };
    for (let n = 0; n < 2; n++) {
      const response = await api.send("PUT", "/parcels/me/delivery", change, token);
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), {
        number: "LK20481735", day: "2026-01-16", address: "9 Hill Street, Harbourtown, HB1 4QT", window: "4 pm to 8 pm", changeable: true,
      });
    }
    const { address } = await (await api.send("PUT", "/parcels/me/delivery", { window: "noon to 4 pm" }, token)).json();
    assert.equal(address, "9 Hill Street, Harbourtown, HB1 4QT");
  }));

  test("that is with the driver is not changed any more", () => withApi(async (api) => {
    const token = await signedIn(api, outForDelivery);
    assert.equal((await (await api.get("/parcels/me/delivery", token)).json()).changeable, false);
    assert.equal((await api.send("PUT", "/parcels/me/delivery", { window: "8 am to noon" }, token)).status, 409);
  }));

  test("is not changed to what we do not offer", () => withApi(async (api) => {
    const wrong = [
      { window: "at midnight" }, { window: ["8 am to noon"] }, { address: "Here" }, { address: "a".repeat(201) }, { address: 5 }];
    const token = await signedIn(api, onTheWay);
    for (const change of wrong) {
      assert.equal((await api.send("PUT", "/parcels/me/delivery", change, token)).status, 422, JSON.stringify(change));
    }
  }));

  test("asks for both credentials", () => withApi(async (api) => {
    for (const missing of ["x-postcode", "x-delivery-code"]) {
      const headers = credentials(onTheWay);
      delete headers[missing];
      assert.equal((await api.get(`/parcels/${onTheWay.number}/verify`, headers)).status, 400);
    }
  }));
});
