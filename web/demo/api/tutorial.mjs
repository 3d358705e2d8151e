/**
 * What the bot of the tutorial calls: it says whether an ID is a customer's. An ID alone is no secret, so a yes opens
 * nothing here: there is no token, and no data behind it. These IDs are nobody's at the bank.
 */
import { isVisible, refusal, tooManyAttempts } from "./answers.mjs";

const longestCustomerId = 64;

/** @type {import("./answers.mjs").Handler} */
export function verifyTutorialCustomer(request, { database, limits, now }) {
  const customer = request.headers.authorization ?? "";
  if (!isVisible(customer, longestCustomerId)) return refusal(400, "badRequest", "Send the customer ID as Authorization.");
  const attempt = limits.begin(`tutorial:${customer}`, request.socket.remoteAddress ?? "", now());
  if ("retryAfterSeconds" in attempt) return tooManyAttempts(attempt.retryAfterSeconds);
  const known = database.prepare("SELECT 1 FROM tutorial_customers WHERE id = ?").get(customer);
  if (!known) return refusal(401, "notRecognised", "This is no customer's ID.");
  attempt.succeeded();
  return { status: 200, body: { ok: true } };
}
