/**
 * The invented parcels of the demo. Postcodes and codes are in clear here because a visitor of the demo needs them;
 * the database holds scrypt hashes only.
 *
 * @typedef {{ number: string, postcode: string, code: string, state: "onTheWay" | "outForDelivery" | "delivered",
 *   place: string, map: string, mapAlt: string, daysAhead: number, address: string, window: string }} TestParcel
 */

/** @type {readonly TestParcel[]} */
export const testParcels = [
  {
    number: "LK20481735", postcode: "HB1 4QT", code: "402917", state: "onTheWay", place: "Harbour depot",
    map: "/images/parcels/on-the-way.svg", mapAlt: "Map: the parcel is at the Harbour depot, with the city still before it.",
    daysAhead: 1, address: "12 Quay Street, Harbourtown, HB1 4QT", window: "8 am to noon",
  },
  {
    number: "LK31570264", postcode: "HB2 7LN", code: "185530", state: "outForDelivery", place: "van 14, in Mill Lane",
    map: "/images/parcels/out-for-delivery.svg", mapAlt: "Map: the van is in Mill Lane, two streets before the address.",
    daysAhead: 0, address: "3 Orchard Row, Harbourtown, HB2 7LN", window: "noon to 4 pm",
  },
  {
    number: "LK46092817", postcode: "HB1 9ZE", code: "770246", state: "delivered", place: "the address",
    map: "/images/parcels/delivered.svg", mapAlt: "Map: the parcel has arrived at the address.",
    daysAhead: -1, address: "Flat 6, 41 Lantern Hill, Harbourtown, HB1 9ZE", window: "4 pm to 8 pm",
  },
];

/** Postcode and code as one secret, however the postcode is written. @type {(postcode: string, code: string) => string} */
export function joinedSecret(postcode, code) {
  return `${postcode.replaceAll(" ", "").toUpperCase()} ${code}`;
}
