import { createHash } from "node:crypto";

/**
 * How many failed attempts to sign in a customer ID (or a parcel number) and a client address have within the window.
 * @typedef {{ perCustomer: number, perAddress: number, windowSeconds: number }} Limits
 */

/** Several customers share an address (an office, a mobile network), so it is allowed more. @type {Limits} */
export const defaultLimits = { perCustomer: 5, perAddress: 30, windowSeconds: 900 };

/**
 * Limits attempts to sign in, for known and unknown customer IDs alike. The attempts are in the database,
 * so a restart forgives nothing.
 */
export class AttemptLimits {
  #database;
  #limits;

  /** @param {import("node:sqlite").DatabaseSync} database @param {Limits} limits */
  constructor(database, limits) {
    this.#database = database;
    this.#limits = limits;
  }

  /**
   * Counts an attempt before it is checked: of a hundred guesses sent at once, only the allowed ones are looked at.
   * @param {string} account what is guessed at: "customer:" and the ID, "parcel:" and the number
   * @param {string} address @param {number} now
   * @returns {{ retryAfterSeconds: number } | { succeeded: () => void }}
   */
  begin(account, address, now) {
    this.#forgetOld(now);
    const [accountKey, addressKey] = [keyOf(account), keyOf(`address:${address}`)];
    const retryAfterSeconds = Math.max(
      this.#waitSeconds(accountKey, this.#limits.perCustomer, now),
      this.#waitSeconds(addressKey, this.#limits.perAddress, now));
    if (retryAfterSeconds > 0) return { retryAfterSeconds };
    this.#add(accountKey, now);
    const addressAttempt = this.#add(addressKey, now);
    return { succeeded: () => this.#forgive(accountKey, addressAttempt) };
  }

  /**
   * Takes one of `allowed` within the window: 0, or how many seconds to wait for the next.
   * @type {(what: string, allowed: number, now: number) => number}
   */
  take(what, allowed, now) {
    this.#forgetOld(now);
    const waitSeconds = this.#waitSeconds(keyOf(what), allowed, now);
    if (waitSeconds === 0) this.#add(keyOf(what), now);
    return waitSeconds;
  }

  /** @type {(key: Uint8Array, allowed: number, now: number) => number} */
  #waitSeconds(key, allowed, now) {
    const blocking = this.#database
      .prepare("SELECT at FROM attempts WHERE key = ? ORDER BY at DESC LIMIT 1 OFFSET ?").get(key, allowed - 1);
    if (!blocking) return 0;
    return Math.ceil((Number(blocking.at) + this.#limits.windowSeconds * 1000 - now) / 1000);
  }

  /** @type {(key: Uint8Array, now: number) => number | bigint} */
  #add(key, now) {
    return this.#database.prepare("INSERT INTO attempts (key, at) VALUES (?, ?)").run(key, now).lastInsertRowid;
  }

  /**
   * The address keeps its failed attempts: otherwise somebody with an account of their own could clear them
   * between guesses at the accounts of others.
   * @type {(accountKey: Uint8Array, addressAttempt: number | bigint) => void}
   */
  #forgive(accountKey, addressAttempt) {
    this.#database.prepare("DELETE FROM attempts WHERE key = ? OR id = ?").run(accountKey, addressAttempt);
  }

  /** @param {number} now */
  #forgetOld(now) {
    this.#database.prepare("DELETE FROM attempts WHERE at <= ?").run(now - this.#limits.windowSeconds * 1000);
  }
}

/**
 * Hashed, because people type passcodes into the wrong field.
 * @type {(what: string) => Uint8Array}
 */
function keyOf(what) {
  return createHash("sha256").update(what).digest();
}
