import { refusal } from "./answers.mjs";

/** More than any of our requests needs. */
const longestBody = 16_384;

/**
 * The body of a request as an object, or the answer that refuses it.
 * @param {import("./answers.mjs").Request} request
 * @returns {Promise<{ fields: Record<string, unknown> } | { refused: import("./answers.mjs").Answer }>}
 */
export async function jsonOf(request) {
  const [type] = (request.headers["content-type"] ?? "").split(";", 1);
  if (type.trim().toLowerCase() !== "application/json") {
    return { refused: refusal(415, "notJson", "Send application/json.") };
  }
  const text = await textOf(request);
  if (text === null) return { refused: refusal(413, "tooLarge", `A request has at most ${longestBody} bytes.`, { connection: "close" }) };
  const fields = parsed(text);
  return fields ? { fields } : { refused: refusal(400, "badRequest", "The body is no JSON object.") };
}

/** Null when it is too long. @param {import("./answers.mjs").Request} request */
async function textOf(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > longestBody) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** @type {(text: string) => Record<string, unknown> | null} */
function parsed(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * A text of `shortest` to `longest` characters without control characters, trimmed; null when the value is none.
 * @type {(value: unknown, shortest: number, longest: number) => string | null}
 */
export function plainText(value, shortest, longest) {
  if (typeof value !== "string") return null;
  const text = value.trim();
  return text.length >= shortest && text.length <= longest && !/\p{Cc}/u.test(text) ? text : null;
}
