import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { dayAfter } from "./days.mjs";
import { storedPasscode } from "./passcodes.mjs";
import { testCustomers, tutorialCustomers } from "./test-customers.mjs";
import { joinedSecret, testParcels } from "./test-parcels.mjs";

/** Raise it with every change of the tables: an older file is refused instead of failing half way. */
const schemaVersion = 2;

const schema = `
  CREATE TABLE customers (id TEXT PRIMARY KEY, name TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
  CREATE TABLE accounts (
    id INTEGER PRIMARY KEY, customer TEXT NOT NULL REFERENCES customers, kind TEXT NOT NULL, name TEXT NOT NULL,
    ending TEXT NOT NULL, pence INTEGER NOT NULL) STRICT;
  CREATE TABLE transactions (
    id INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES accounts, day TEXT NOT NULL,
    description TEXT NOT NULL, pence INTEGER NOT NULL) STRICT;
  CREATE TABLE payments (
    id TEXT PRIMARY KEY, customer TEXT NOT NULL REFERENCES customers, account INTEGER NOT NULL REFERENCES accounts,
    payee TEXT NOT NULL, payee_account TEXT NOT NULL, pence INTEGER NOT NULL, reference TEXT NOT NULL,
    expires INTEGER NOT NULL, sent TEXT) STRICT;
  CREATE TABLE parcels (
    number TEXT PRIMARY KEY, state TEXT NOT NULL, place TEXT NOT NULL, map TEXT NOT NULL, map_alt TEXT NOT NULL,
    days_ahead INTEGER NOT NULL, address TEXT NOT NULL, time_window TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
  CREATE TABLE appointments (
    reference TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, start TEXT NOT NULL UNIQUE, details TEXT NOT NULL) STRICT;
  CREATE TABLE tutorial_customers (id TEXT PRIMARY KEY) STRICT;
  CREATE TABLE tokens (
    hash BLOB PRIMARY KEY, audience TEXT NOT NULL, subject TEXT NOT NULL, expires INTEGER NOT NULL) STRICT;
  CREATE TABLE attempts (id INTEGER PRIMARY KEY, key BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE INDEX attempts_by_key ON attempts (key, at);
  PRAGMA user_version = ${schemaVersion};
`;

/** The database file cannot be used; the message says what to do. */
export class DatabaseRefused extends Error {}

/**
 * Opens the database and, when it is new, creates its tables and the invented customers and parcels.
 * @param {string} file
 * @param {number} now milliseconds since the epoch: the test customers' transactions lie in the days before
 * @returns {DatabaseSync} throws DatabaseRefused
 */
export function openDatabase(file, now) {
  let database;
  try {
    mkdirSync(dirname(file), { recursive: true });
    database = new DatabaseSync(file, { timeout: 5000 });
    database.exec("PRAGMA foreign_keys = ON");
    prepareTables(database, now);
    return database;
  } catch (error) {
    database?.close();
    const reason = /** @type {Error} */ (error).message;
    throw new DatabaseRefused(`The database ${file} cannot be used (${reason}): delete it, or choose another file.`);
  }
}

/** @type {(database: DatabaseSync, now: number) => void} */
function prepareTables(database, now) {
  // IMMEDIATE: of two processes that start at once, the second waits and finds the work done.
  database.exec("BEGIN IMMEDIATE");
  try {
    const version = database.prepare("PRAGMA user_version").get()?.user_version;
    if (version === 0) {
      database.exec(schema);
      for (const customer of testCustomers) addCustomer(database, customer, now);
      for (const parcel of testParcels) addParcel(database, parcel);
      for (const id of tutorialCustomers) database.prepare("INSERT INTO tutorial_customers VALUES (?)").run(id);
    } else if (version !== schemaVersion) {
      throw new Error("it was made by another version of the demo");
    }
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

/** @type {(database: DatabaseSync, customer: import("./test-customers.mjs").TestCustomer, now: number) => void} */
function addCustomer(database, { id, name, passcode, accounts }, now) {
  const { salt, hash } = storedPasscode(passcode);
  database.prepare("INSERT INTO customers VALUES (?, ?, ?, ?)").run(id, name, salt, hash);
  for (const account of accounts) addAccount(database, id, account, now);
}

/** @type {(database: DatabaseSync, customer: string, account: import("./test-customers.mjs").TestAccount, now: number) => void} */
function addAccount(database, customer, { kind, name, ending, pence, bookings }, now) {
  const { lastInsertRowid: account } = database
    .prepare("INSERT INTO accounts (customer, kind, name, ending, pence) VALUES (?, ?, ?, ?, ?)")
    .run(customer, kind, name, ending, pence);
  const insert = database.prepare("INSERT INTO transactions (account, day, description, pence) VALUES (?, ?, ?, ?)");
  for (const booking of bookings) {
    insert.run(account, dayAfter(now, -booking.daysAgo), booking.description, booking.pence);
  }
}

/** @type {(database: DatabaseSync, parcel: import("./test-parcels.mjs").TestParcel) => void} */
function addParcel(database, { number, state, place, map, mapAlt, daysAhead, address, window, postcode, code }) {
  const { salt, hash } = storedPasscode(joinedSecret(postcode, code));
  database.prepare("INSERT INTO parcels VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .run(number, state, place, map, mapAlt, daysAhead, address, window, salt, hash);
}
