/** Which handler answers which request. A part of a path that begins with ":" stands for letters, digits, "-" and "_". */
import * as appointments from "./appointments.mjs";
import * as bank from "./bank.mjs";
import * as parcels from "./parcels.mjs";
import * as payments from "./payments.mjs";
import { verifyTutorialCustomer } from "./tutorial.mjs";

/** @typedef {import("./answers.mjs").Handler} Handler */

const routes = /** @type {[path: string, handlers: Record<string, Handler>][]} */ ([
  ["/customers/verify", { GET: bank.verify }],
  ["/customers/me/accounts", { GET: bank.accounts }],
  ["/customers/me/transactions", { GET: bank.transactions }],
  ["/customers/me/session", { DELETE: bank.endSession }],
  ["/customers/me/payments", { POST: payments.prepare }],
  ["/customers/me/payments/:payment", { GET: payments.look }],
  ["/customers/me/payments/:payment/confirmation", { POST: payments.confirm }],
  ["/parcels/me/delivery", { GET: parcels.delivery, PUT: parcels.changeDelivery }],
  ["/parcels/:parcel", { GET: parcels.track }],
  ["/parcels/:parcel/verify", { GET: parcels.verify }],
  ["/appointments", { POST: appointments.book }],
  ["/appointments/slots", { GET: appointments.freeSlots }],
  ["/tutorial/customers/verify", { GET: verifyTutorialCustomer }],
]);

const patterns = routes.map(([path, handlers]) =>
  ({ pattern: new RegExp(`^${path.replaceAll(/:(\w+)/g, "(?<$1>[\\w-]{1,64})")}$`), handlers }));

/**
 * The handlers of a path, by method, and what stands in its variable parts; null when there is nothing at the path.
 * @param {string} path
 * @returns {{ handlers: Record<string, Handler>, places: import("./answers.mjs").Places } | null}
 */
export function routeOf(path) {
  for (const { pattern, handlers } of patterns) {
    const match = pattern.exec(path);
    if (match) return { handlers, places: { ...match.groups } };
  }
  return null;
}
