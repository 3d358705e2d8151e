/** Finds what an RFC 6901 pointer names in the source text: a small scanner, for texts that are JSON more or less. */

/** Both from 1; a column is a character (code point). */
export interface Place { line: number; column: number }

/** A member's key, or the value itself. */
export type Part = "key" | "value";

/** The place of what `pointer` names; of what holds it, when it is not there. */
export type Places = (pointer: string, part?: Part) => Place;

interface Level {
  /** null: nothing in here is looked for */
  pointer: string | null;
  kind: "object" | "list";
  /** the member or item under way; null in an object that waits for a key */
  key: string | null;
  keyAt: number;
  index: number;
}

type Offsets = Record<Part, number>;

/** Looks for all `pointers` in one pass. Of members with the same key the last counts. */
export function findPlaces(text: string, pointers: Iterable<string>): Places {
  const wanted = new Set([""]);
  for (const pointer of pointers) {
    for (let prefix = pointer; prefix && !wanted.has(prefix); prefix = parentOf(prefix)) wanted.add(prefix);
  }
  const found = offsetsOf(text, wanted);
  const places = placesAt(text, [...found.values()].flatMap(({ key, value }) => [key, value]));
  return (pointer, part = "value") => {
    while (pointer && !found.has(pointer)) pointer = parentOf(pointer);
    return places.get(found.get(pointer)?.[part] ?? 0) ?? { line: 1, column: 1 };
  };
}

function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}

function offsetsOf(text: string, wanted: ReadonlySet<string>): Map<string, Offsets> {
  const found = new Map<string, Offsets>();
  const open: Level[] = [];
  for (const { at, end } of tokensOf(text)) {
    const level = open.at(-1);
    const first = text[at];
    if (first === "}" || first === "]") open.pop();
    else if (first === "," && level) startNext(level);
    else if (first === ":" || first === ",") continue;
    else if (level?.kind === "object" && level.key === null) {
      level.key = keyOf(text.slice(at, end));
      level.keyAt = at;
    } else {
      const pointer = pointerIn(level, wanted);
      if (pointer !== null) found.set(pointer, { key: level?.kind === "object" ? level.keyAt : at, value: at });
      if (first === "{") open.push({ pointer, kind: "object", key: null, keyAt: at, index: 0 });
      if (first === "[") open.push({ pointer, kind: "list", key: null, keyAt: at, index: 0 });
    }
  }
  return found;
}

function startNext(level: Level): void {
  level.key = null;
  level.index++;
}

/** The pointer of the value that begins now, or null when nobody looks for it or for anything in it. */
function pointerIn(level: Level | undefined, wanted: ReadonlySet<string>): string | null {
  if (!level) return "";
  if (level.pointer === null) return null;
  const name = level.kind === "object" ? escapeKey(level.key ?? "") : String(level.index);
  const pointer = `${level.pointer}/${name}`;
  return wanted.has(pointer) ? pointer : null;
}

/** A key as a part of a pointer. */
export function escapeKey(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function keyOf(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}

function* tokensOf(text: string): Generator<{ at: number; end: number }> {
  const word = /[^\s{}[\]:,"]+/y;
  for (let at = 0; at < text.length; ) {
    const character = text[at]!;
    let end = at + 1;
    if (character === '"') end = endOfString(text, at);
    else if (!"{}[]:, \t\r\n".includes(character)) {
      word.lastIndex = at;
      word.test(text);
      end = Math.max(end, word.lastIndex);
    }
    if (character.trim()) yield { at, end };
    at = end;
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; ++at) {
    if (text[at] === "\\") ++at;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function placesAt(text: string, offsets: number[]): Map<number, Place> {
  const places = new Map<number, Place>();
  let line = 1;
  let column = 1;
  let at = 0;
  for (const offset of offsets.sort((a, b) => a - b)) {
    while (at < offset) {
      const character = text.codePointAt(at)!;
      at += character > 0xffff ? 2 : 1;
      column = character === 0x0a ? 1 : column + 1;
      if (character === 0x0a) line++;
    }
    places.set(offset, { line, column });
  }
  return places;
}
