import { randomBytes, scrypt, scryptSync, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const hashBytes = 32;
/** 16 MiB and some 40 ms for each guess: cheap for one customer, dear for a list of guesses. */
const cost = { N: 16_384, r: 8, p: 1 };
const scryptAsync = /** @type {(p: string, s: Uint8Array, n: number, o: object) => Promise<Buffer>} */ (promisify(scrypt));

/** @typedef {{ salt: Uint8Array, hash: Uint8Array }} StoredPasscode */

/** What an unknown customer's passcode is compared with, so that the answer takes as long as for a known one. */
const nobody = { salt: randomBytes(16), hash: randomBytes(hashBytes) };

/**
 * @param {string} passcode
 * @returns {StoredPasscode}
 */
export function storedPasscode(passcode) {
  const salt = randomBytes(16);
  return { salt, hash: scryptSync(passcode, salt, hashBytes, cost) };
}

/**
 * Whether `passcode` is the one stored. Without a stored one (an unknown customer) it does the same work and says no.
 * @param {string} passcode
 * @param {StoredPasscode | null} stored
 */
export async function passcodeMatches(passcode, stored) {
  const { salt, hash } = stored ?? nobody;
  const equal = timingSafeEqual(await scryptAsync(passcode, salt, hashBytes, cost), hash);
  return equal && stored !== null;
}
