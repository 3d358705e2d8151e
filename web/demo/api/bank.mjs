/** The bank: signing in, accounts, transactions, and the end of the session. */
import { accountsOf, transactionsOf } from "../account-data.mjs";
import { isVisible, refusal } from "./answers.mjs";
import { signedIn, signIn } from "./sign-in.mjs";

/** Longer values are no customer's; refusing them early keeps the hashing short. */
const longestCustomerId = 64;
const longestPasscode = 128;

/** @type {import("./answers.mjs").Handler} */
export async function verify(request, api) {
  const customer = request.headers.authorization ?? "";
  const passcode = String(request.headers["x-passcode"] ?? "");
  if (!isVisible(customer, longestCustomerId) || !isVisible(passcode, longestPasscode)) {
    return refusal(400, "badRequest", "Send the customer ID as Authorization and the passcode as X-Passcode.");
  }
  const row = api.database.prepare("SELECT name, salt, hash FROM customers WHERE id = ?").get(customer);
  const answer = await signIn(request, api, {
    audience: "customer", subject: customer, secret: passcode,
    stored: /** @type {import("../passcodes.mjs").StoredPasscode | null} */ (/** @type {unknown} */ (row ?? null)),
    wrong: "The customer ID and the passcode do not belong together.",
  });
  return answer.status === 200 ? { status: 200, body: { ...answer.body, name: row?.name } } : answer;
}

export const accounts = signedIn("customer", (_request, { database }, customer) =>
  ({ status: 200, body: { accounts: accountsOf(database, customer) } }));

export const transactions = signedIn("customer", (_request, { database }, customer) =>
  ({ status: 200, body: { transactions: transactionsOf(database, customer) } }));

export const endSession = signedIn("customer", (request, { tokens }) => {
  tokens.revoke(request.headers.authorization);
  return { status: 204 };
});
