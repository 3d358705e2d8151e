import { element } from "./elements.js";

/** One token of JSON: a key, a text, or a number, true, false and null. */
const token = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

/**
 * JSON text with its tokens marked by class.
 * @param {string} json
 */
export function highlighted(json) {
  const code = element("code.json");
  let end = 0;
  for (const match of json.matchAll(token)) {
    const [whole, text, colon] = match;
    const marked = text ?? whole;
    code.append(json.slice(end, match.index), element(text ? colon ? "span.key" : "span.text" : "span.literal", {}, marked));
    end = match.index + marked.length;
  }
  code.append(json.slice(end));
  return code;
}
