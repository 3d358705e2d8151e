/**
 * What a request is answered with.
 *
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {{ status: number, body?: object, headers?: Record<string, string> }} Answer
 * @typedef {{ database: import("node:sqlite").DatabaseSync, limits: import("../attempt-limits.mjs").AttemptLimits,
 *   tokens: import("../tokens.mjs").Tokens, siteOrigin: () => string, now: () => number }} Api
 * @typedef {Record<string, string>} Places what stands in the variable parts of the path
 * @typedef {(request: Request, api: Api, places: Places) => Answer | Promise<Answer>} Handler
 */

/** @type {(status: number, error: string, message: string, headers?: Record<string, string>) => Answer} */
export const refusal = (status, error, message, headers) => ({ status, body: { error, message }, headers });

/** @returns {Answer} */
export function notSignedIn() {
  return refusal(401, "notSignedIn", "The token is missing, unknown or expired.", { "www-authenticate": "Bearer" });
}

/** @type {(retryAfterSeconds: number) => Answer} */
export function tooManyAttempts(retryAfterSeconds) {
  return refusal(429, "tooManyAttempts", "Too many attempts. Try again later.", { "retry-after": String(retryAfterSeconds) });
}

/** Visible ASCII of 1 to `longest` characters. @type {(value: string, longest: number) => boolean} */
export function isVisible(value, longest) {
  return value.length <= longest && /^[!-~]+$/.test(value);
}
