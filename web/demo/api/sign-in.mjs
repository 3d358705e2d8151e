/** What every way to sign in has in common: limits on attempts, one answer for unknown and wrong, a token. */
import { passcodeMatches } from "../passcodes.mjs";
import { tokenSeconds } from "../tokens.mjs";
import { notSignedIn, refusal, tooManyAttempts } from "./answers.mjs";

/**
 * @typedef {import("./answers.mjs").Api} Api
 * @typedef {import("./answers.mjs").Handler} Handler
 * @typedef {import("../tokens.mjs").Audience} Audience
 * @typedef {object} Attempt
 * @property {Audience} audience
 * @property {string} subject who wants to sign in
 * @property {string} secret what only they know
 * @property {import("../passcodes.mjs").StoredPasscode | null} stored null when there is no such subject
 * @property {string} wrong what is said when subject and secret do not belong together
 */

/**
 * @param {import("./answers.mjs").Request} request
 * @param {Api} api
 * @param {Attempt} attempt
 * @returns {Promise<import("./answers.mjs").Answer>}
 */
export async function signIn(request, { limits, tokens, now }, { audience, subject, secret, stored, wrong }) {
  const counted = limits.begin(`${audience}:${subject}`, request.socket.remoteAddress ?? "", now());
  if ("retryAfterSeconds" in counted) return tooManyAttempts(counted.retryAfterSeconds);
  if (!await passcodeMatches(secret, stored)) return refusal(401, "notRecognised", wrong);
  counted.succeeded();
  return { status: 200, body: { token: tokens.issue(audience, subject, now()), expiresInSeconds: tokenSeconds } };
}

/**
 * A handler for those who signed in: it is told whose data it is about, by the token and by nothing else.
 * @param {Audience} audience
 * @param {(request: import("./answers.mjs").Request, api: Api, subject: string, places: import("./answers.mjs").Places) =>
 *   import("./answers.mjs").Answer | Promise<import("./answers.mjs").Answer>} handle
 * @returns {Handler}
 */
export function signedIn(audience, handle) {
  return (request, api, places) => {
    const subject = api.tokens.subject(audience, request.headers.authorization, api.now());
    return subject === null ? notSignedIn() : handle(request, api, subject, places);
  };
}
