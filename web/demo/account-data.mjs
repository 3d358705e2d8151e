/** What the API tells of a customer's accounts: figures for programs, and the same as text for a chat. */

const money = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });

/** "£1,842.50", with a minus sign below zero. @param {number} pence */
export const moneyText = (pence) => money.format(pence / 100).replace("-", "\u2212");

/**
 * @param {import("node:sqlite").DatabaseSync} database
 * @param {string} customer
 */
export function accountsOf(database, customer) {
  const rows = database
    .prepare("SELECT kind, name, ending, pence FROM accounts WHERE customer = ? ORDER BY id").all(customer);
  return rows.map(({ kind, name, ending, pence }) => ({
    kind, name, ending, currency: "GBP", balance: Number(pence) / 100, balanceText: moneyText(Number(pence)),
  }));
}

/**
 * The five most recent transactions of all accounts.
 * @param {import("node:sqlite").DatabaseSync} database
 * @param {string} customer
 */
export function transactionsOf(database, customer) {
  const rows = database.prepare(`
    SELECT t.day, t.description, t.pence, a.name AS account FROM transactions t JOIN accounts a ON a.id = t.account
    WHERE a.customer = ? ORDER BY t.day DESC, t.id LIMIT 5`).all(customer);
  return rows.map(({ day, description, pence, account }) => ({
    day, dayText: dayAndMonth.format(new Date(String(day))), description, account,
    currency: "GBP", amount: Number(pence) / 100, amountText: moneyText(Number(pence)),
  }));
}
