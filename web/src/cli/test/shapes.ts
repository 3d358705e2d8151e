/** What may be written in a file of conversations. A shape returns what is wrong with a value, and where. */
import type { Json } from "../../protocol.js";
import { escapeKey } from "../json-place.js";
import { suggestion } from "../../nearest.js";
import { isObject } from "./json.js";

/** Something wrong in the file; `where` is an RFC 6901 pointer into it. */
export interface Flaw { where: string; message: string }

export type Shape = (value: Json, where: string) => Flaw[];
export type Fields = Record<string, Shape>;

const is = (what: string, holds: (value: Json) => boolean): Shape =>
  (value, where) => holds(value) ? [] : [{ where, message: `This must be ${what}.` }];

export const anything: Shape = () => [];
export const text = is("a text", (value) => typeof value === "string");
export const textOrNull = is("a text or null", (value) => value === null || typeof value === "string");
export const textOrNumber = is("a text", (value) => typeof value === "string" || typeof value === "number");
export const flag = is("true or false", (value) => typeof value === "boolean");
export const truth = is("true", (value) => value === true);
export const anyObject = is("an object: { … }", isObject);
export const someText = is("a text that is not empty", (value) => typeof value === "string" && value !== "");

/** An integer from `least` to `most`. */
export function integer(least: number, most: number): Shape {
  return is(`an integer from ${least} to ${most}`, (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most);
}

/** A text for which `parse` knows a meaning. */
export function parsed(what: string, parse: (text: string) => unknown): Shape {
  return is(what, (value) => typeof value === "string" && parse(value) !== null);
}

/** A regular expression as the bot format has them: ECMAScript, `u` flag. */
export const pattern = parsed("a regular expression (ECMAScript, u flag)", (source) => {
  try {
    return new RegExp(source, "u");
  } catch {
    return null;
  }
});

/** One of these words. */
export function oneOf(...words: string[]): Shape {
  return (value, where) => {
    if (typeof value === "string" && words.includes(value)) return [];
    const meant = typeof value === "string" ? suggestion(value, words) : ".";
    return [{ where, message: `This must be one of ${words.map((word) => `"${word}"`).join(", ")}${meant}` }];
  };
}

/** A list of values of one shape. */
export function listOf(shape: Shape): Shape {
  return (value, where) => Array.isArray(value)
    ? value.flatMap((item, i) => shape(item, `${where}/${i}`))
    : [{ where, message: "This must be a list: [ … ]." }];
}

/** An object with any keys and values of one shape. */
export function mapOf(shape: Shape): Shape {
  return (value, where) => isObject(value)
    ? Object.entries(value).flatMap(([key, held]) => shape(held, `${where}/${escapeKey(key)}`))
    : anyObject(value, where);
}

/** An object with these fields and, as everywhere, a `comment`. */
export function record(required: Fields, optional: Fields = {}): Shape {
  const fields: Fields = { ...required, ...optional, comment: text };
  return (value, where) => {
    if (!isObject(value)) return anyObject(value, where);
    const missing = Object.keys(required).filter((name) => !Object.hasOwn(value, name));
    const present = Object.entries(value).flatMap(([name, held]) => {
      const at = `${where}/${escapeKey(name)}`;
      if (Object.hasOwn(fields, name)) return fields[name]!(held, at);
      return [{ where: at, message: `There is no field "${name}" here${suggestion(name, Object.keys(fields))}` }];
    });
    return [...missing.map((name) => ({ where, message: `The field "${name}" is missing here; add it.` })), ...present];
  };
}
