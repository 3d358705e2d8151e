/** JSON values compared and looked into. */
import type { Json } from "../../protocol.js";

export type JsonObject = { [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether both are the same value; the order of members does not count. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]));
}

/** A text as a JSON value; undefined when it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** What an RFC 6901 pointer names, or undefined. */
export function valueAt(root: Json, pointer: string): Json | undefined {
  return keysOf(pointer).reduce<Json | undefined>((holder, key) => holder === undefined ? undefined : memberOf(holder, key), root);
}

function keysOf(pointer: string): string[] {
  return pointer.split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/**
 * Sets what an RFC 6901 pointer names, making the members on the way; `-` appends to a list.
 * Returns the changed value, or undefined when the pointer leads through something that has no members.
 */
export function setAt(root: Json, pointer: string, value: Json): Json | undefined {
  if (pointer === "") return value;
  const keys = keysOf(pointer);
  const last = keys.pop()!;
  let holder = root;
  for (const key of keys) {
    const inner = memberOf(holder, key) ?? (isObject(holder) ? {} : undefined);
    if (inner === undefined) return undefined;
    setMember(holder, key, inner);
    holder = inner;
  }
  return setMember(holder, last, value) ? root : undefined;
}

function memberOf(holder: Json, key: string): Json | undefined {
  if (Array.isArray(holder)) return holder[Number(key)];
  return isObject(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
}

function setMember(holder: Json, key: string, value: Json): boolean {
  if (isObject(holder)) {
    // An assignment to "__proto__" would make no member.
    Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
    return true;
  }
  if (!Array.isArray(holder)) return false;
  const index = key === "-" ? holder.length : Number(key);
  if (!Number.isInteger(index) || index < 0 || index > holder.length) return false;
  holder[index] = value;
  return true;
}
