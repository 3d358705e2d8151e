/**
 * Payments, in two steps. `prepare` checks one and gives it an ID, but moves nothing. `confirm` sends it: once, however
 * often it is asked. Whoever did not hear the answer asks `look` what became of it.
 */
import { randomBytes } from "node:crypto";
import { moneyText } from "../account-data.mjs";
import { refusal } from "./answers.mjs";
import { jsonOf, plainText } from "./request-json.mjs";
import { signedIn } from "./sign-in.mjs";

/**
 * @typedef {import("node:sqlite").DatabaseSync} Database
 * @typedef {{ id: string, customer: string, account: number, payee: string, payee_account: string, pence: number,
 *   reference: string, expires: number, sent: string | null }} Payment
 */

/** A payment that is not confirmed by then has to be prepared anew. */
const minutesToConfirm = 15;
const leastPence = 1;
const mostPence = 100_000;

export const prepare = signedIn("customer", async (request, { database, now }, customer) => {
  const body = await jsonOf(request);
  if ("refused" in body) return body.refused;
  const order = orderOf(body.fields);
  if (!order) return refusal(422, "badPayment", "A payment needs a payee, an account number of eight digits and £0.01 to £1,000.");
  const from = payingAccount(database, customer);
  if (!from || from.pence < order.pence) return notEnoughMoney(from);
  const id = randomBytes(16).toString("base64url");
  database.prepare("DELETE FROM payments WHERE sent IS NULL AND expires <= ?").run(now());
  database.prepare(`INSERT INTO payments (id, customer, account, payee, payee_account, pence, reference, expires)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(id, customer, from.id, order.payee, order.account, order.pence, order.reference, now() + minutesToConfirm * 60_000);
  return { status: 201, body: described(database, paymentOf(database, customer, id)) };
});

export const look = signedIn("customer", (_request, { database }, customer, { payment }) => {
  const found = paymentOf(database, customer, payment);
  return found ? { status: 200, body: described(database, found) } : noSuchPayment();
});

export const confirm = signedIn("customer", (_request, { database, now }, customer, { payment }) => {
  const found = paymentOf(database, customer, payment);
  if (!found) return noSuchPayment();
  if (!found.sent) {
    if (found.expires <= now()) return refusal(409, "expired", "This payment was not confirmed in time. Please enter it again.");
    const from = payingAccount(database, customer);
    if (!from || from.pence < found.pence) return notEnoughMoney(from);
    send(database, found, now());
  }
  return { status: 200, body: described(database, paymentOf(database, customer, payment)) };
});

/** @type {(fields: Record<string, unknown>) => { payee: string, account: string, pence: number, reference: string } | null} */
function orderOf({ payee, account, amount, reference }) {
  const name = plainText(payee, 2, 70);
  const note = plainText(reference ?? "", 0, 35);
  const pence = typeof amount === "number" ? Math.round(amount * 100) : NaN;
  const whole = typeof amount === "number" && Math.abs(amount * 100 - pence) < 1e-6;
  if (name === null || note === null || typeof account !== "string" || !/^\d{8}$/.test(account)) return null;
  return whole && pence >= leastPence && pence <= mostPence ? { payee: name, account, pence, reference: note } : null;
}

/** Payments come from a customer's first account. @type {(database: Database, customer: string) => { id: number, name: string, pence: number } | undefined} */
function payingAccount(database, customer) {
  const row = database.prepare("SELECT id, name, pence FROM accounts WHERE customer = ? ORDER BY id LIMIT 1").get(customer);
  return row && { id: Number(row.id), name: String(row.name), pence: Number(row.pence) };
}

/** Only the customer who prepared a payment finds it. @type {(database: Database, customer: string, id: string) => Payment | null} */
function paymentOf(database, customer, id) {
  const row = database.prepare("SELECT * FROM payments WHERE id = ? AND customer = ?").get(id, customer);
  return row ? /** @type {Payment} */ (/** @type {unknown} */ (row)) : null;
}

/** @type {(database: Database, payment: Payment, now: number) => void} */
function send(database, { id, account, payee, pence }, now) {
  const day = new Date(now).toISOString();
  database.exec("BEGIN IMMEDIATE");
  try {
    const { changes } = database.prepare("UPDATE payments SET sent = ? WHERE id = ? AND sent IS NULL").run(day, id);
    if (Number(changes) === 1) {
      database.prepare("UPDATE accounts SET pence = pence - ? WHERE id = ?").run(pence, account);
      database.prepare("INSERT INTO transactions (account, day, description, pence) VALUES (?, ?, ?, ?)")
        .run(account, day.slice(0, 10), `Payment to ${payee}`, -pence);
    }
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

/** @type {(database: Database, payment: Payment | null) => object} */
function described(database, payment) {
  if (!payment) throw new Error("the payment is gone");
  const row = database.prepare("SELECT name, pence FROM accounts WHERE id = ?").get(payment.account);
  const left = Number(row?.pence) - (payment.sent ? 0 : payment.pence);
  return {
    id: payment.id, state: payment.sent ? "sent" : "prepared", payee: payment.payee, reference: payment.reference,
    amount: payment.pence / 100, amountText: moneyText(payment.pence), from: row?.name, balanceAfterText: moneyText(left),
  };
}

/** @param {{ pence: number } | undefined} from */
function notEnoughMoney(from) {
  return refusal(422, "notEnoughMoney", `There is ${moneyText(from?.pence ?? 0)} in this account, which is not enough.`);
}

function noSuchPayment() {
  return refusal(404, "notFound", "There is no such payment.");
}
