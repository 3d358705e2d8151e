/**
 * The parcel service. Where a parcel is, anybody may know who has its number; the address, and a change of it, are for
 * those who also know its postcode and the code that came with the notice of delivery.
 */
import { dayAfter } from "../days.mjs";
import { joinedSecret } from "../test-parcels.mjs";
import { isVisible, refusal } from "./answers.mjs";
import { jsonOf, plainText } from "./request-json.mjs";
import { signedIn, signIn } from "./sign-in.mjs";

/**
 * @typedef {import("node:sqlite").DatabaseSync} Database
 * @typedef {{ number: string, state: "onTheWay" | "outForDelivery" | "delivered", place: string, map: string, map_alt: string,
 *   days_ahead: number, address: string, time_window: string, salt: Uint8Array, hash: Uint8Array }} Parcel
 */

const windows = ["8 am to noon", "noon to 4 pm", "4 pm to 8 pm"];
const longestSecret = 32;

/** @type {import("./answers.mjs").Handler} */
export function track(_request, { database, now }, { parcel: number }) {
  const parcel = parcelOf(database, number);
  if (!parcel) return refusal(404, "notFound", "There is no parcel with this number.");
  const { state, place, map, map_alt: mapAlt } = parcel;
  return { status: 200, body: { number, state, place, day: dayOf(parcel, now()), map, mapAlt } };
}

/** @type {import("./answers.mjs").Handler} */
export async function verify(request, api, { parcel: number }) {
  const postcode = String(request.headers["x-postcode"] ?? "");
  const code = String(request.headers["x-delivery-code"] ?? "");
  if (!isVisible(postcode.replaceAll(" ", ""), longestSecret) || !isVisible(code, longestSecret)) {
    return refusal(400, "badRequest", "Send the postcode as X-Postcode and the code as X-Delivery-Code.");
  }
  return signIn(request, api, {
    audience: "parcel", subject: number, secret: joinedSecret(postcode, code), stored: parcelOf(api.database, number),
    wrong: "The parcel number, the postcode and the code do not belong together.",
  });
}

export const delivery = signedIn("parcel", (_request, { database, now }, number) =>
  ({ status: 200, body: described(parcelOf(database, number), now()) }));

export const changeDelivery = signedIn("parcel", async (request, { database, now }, number) => {
  const body = await jsonOf(request);
  if ("refused" in body) return body.refused;
  const parcel = parcelOf(database, number);
  if (parcel?.state !== "onTheWay") return refusal(409, "tooLate", "The parcel is with the driver, or delivered.");
  const { window: wanted, address: given } = body.fields;
  const window = wanted ?? parcel.time_window;
  const address = given === undefined || given === null ? parcel.address : plainText(given, 10, 200);
  if (typeof window !== "string" || !windows.includes(window) || address === null) {
    return refusal(422, "badChange", `A time window is one of: ${windows.join(", ")}. An address has 10 to 200 characters.`);
  }
  database.prepare("UPDATE parcels SET time_window = ?, address = ? WHERE number = ?").run(window, address, number);
  return { status: 200, body: described(parcelOf(database, number), now()) };
});

/** @type {(database: Database, number: string) => Parcel | null} */
function parcelOf(database, number) {
  const row = database.prepare("SELECT * FROM parcels WHERE number = ?").get(number);
  return row ? /** @type {Parcel} */ (/** @type {unknown} */ (row)) : null;
}

/** @type {(parcel: Parcel | null, now: number) => object} */
function described(parcel, now) {
  if (!parcel) throw new Error("the parcel is gone");
  const { number, state, address, time_window: window } = parcel;
  return { number, day: dayOf(parcel, now), address, window, changeable: state === "onTheWay" };
}

/** The invented parcels are always as far away as on the first day. @type {(parcel: Parcel, now: number) => string} */
function dayOf(parcel, now) {
  return dayAfter(now, Number(parcel.days_ahead));
}
