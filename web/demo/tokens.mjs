import { createHash, randomBytes } from "node:crypto";

/** The token's own life, whatever timeout the chat has. */
export const tokenSeconds = 900;

/** What a token opens: one for a parcel opens no account. @typedef {"customer" | "parcel"} Audience */

/** @type {(token: string) => Uint8Array} A plain hash will do: 128 random bits cannot be guessed from it. */
const hashOf = (token) => createHash("sha256").update(token).digest();

/** Tokens that prove who signed in. The database holds their hashes: reading it lets nobody in. */
export class Tokens {
  #database;

  /** @param {import("node:sqlite").DatabaseSync} database */
  constructor(database) {
    this.#database = database;
  }

  /** @type {(audience: Audience, subject: string, now: number) => string} */
  issue(audience, subject, now) {
    const token = randomBytes(16).toString("base64url");
    this.#database.prepare("DELETE FROM tokens WHERE expires <= ?").run(now);
    this.#database.prepare("INSERT INTO tokens VALUES (?, ?, ?, ?)").run(hashOf(token), audience, subject, now + tokenSeconds * 1000);
    return token;
  }

  /**
   * Whom an `Authorization` header speaks for, or null.
   * @type {(audience: Audience, authorization: string | undefined, now: number) => string | null}
   */
  subject(audience, authorization, now) {
    const token = bearer(authorization);
    if (token === null) return null;
    const row = this.#database
      .prepare("SELECT subject FROM tokens WHERE hash = ? AND audience = ? AND expires > ?").get(hashOf(token), audience, now);
    return row ? String(row.subject) : null;
  }

  /** @param {string | undefined} authorization */
  revoke(authorization) {
    const token = bearer(authorization);
    if (token !== null) this.#database.prepare("DELETE FROM tokens WHERE hash = ?").run(hashOf(token));
  }
}

/** @param {string | undefined} authorization */
function bearer(authorization) {
  return /^bearer +([\w-]{22})$/i.exec(authorization ?? "")?.[1] ?? null;
}
