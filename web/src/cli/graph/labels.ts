/** Short texts for what the bot file says at length. */
import type { Json } from "../../protocol.js";
import { isObject, type JsonObject } from "../test/json.js";

const operators: Record<string, string> = {
  is: "is", isNot: "is not", contains: "contains", startsWith: "starts with", endsWith: "ends with", matches: "matches",
  lessThan: "<", atMost: "≤", greaterThan: ">", atLeast: "≥", before: "before", after: "after", in: "in",
};

/** A condition as people say it: `auth_token is 200 and access_token is set`. */
export function conditionText(condition: Json): string {
  if (!isObject(condition)) return "";
  const { all, any, not } = condition;
  if (Array.isArray(all)) return all.map((one) => inBrackets(one, "any")).join(" and ");
  if (Array.isArray(any)) return any.map((one) => inBrackets(one, "all")).join(" or ");
  if (not !== undefined) return `not (${conditionText(not)})`;
  return testText(condition);
}

function inBrackets(condition: Json, weaker: "all" | "any"): string {
  const text = conditionText(condition);
  return isObject(condition) && weaker in condition ? `(${text})` : text;
}

function testText({ attribute, ...test }: JsonObject): string {
  const name = String(attribute);
  const { isNull } = test;
  if (isNull !== undefined) return `${name} is ${isNull === true ? "not set" : "set"}`;
  if (test["is"] === true) return name;
  if (test["is"] === false) return `not ${name}`;
  const [operator = "", value = null] = Object.entries(test).find(([key]) => Object.hasOwn(operators, key)) ?? [];
  return `${name} ${operators[operator] ?? operator} ${valueText(value)}`;
}

function valueText(value: Json): string {
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : shortTemplates(String(value));
}

/** Host and path of an address, without scheme and query; its templates as `{name}`. */
export function shortUrl(url: string): string {
  return shortTemplates(url).replace(/^https?:\/\//, "").replace(/[?#].*$/, "");
}

function shortTemplates(text: string): string {
  return text.replaceAll(/\{\{\s*([^{}]*?)\s*\}\}/g, "{$1}");
}

const characters = new Intl.Segmenter();

/** The text on one line, and of no more than `length` characters as people count them. */
export function cut(text: string, length: number): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
  if (line.length <= length) return line;
  const all = Array.from(characters.segment(line), ({ segment }) => segment);
  return all.length <= length ? line : `${all.slice(0, length - 1).join("").trimEnd()}…`;
}

/** Whether an id says more than the name: "menu" says no more than "Menu". */
export function saysMore(id: string, name: string): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[\s_-]+/g, " ").trim();
  return plain(id) !== plain(name);
}
