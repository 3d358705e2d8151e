/** Finds what an RFC 6901 pointer names in the source text: a small scanner, for texts that are JSON more or less. */

/** Both from 1; a column is a character (code point). */
export interface Place { line: number; column: number }

/** From its first character to the one behind its last. */
export interface Range extends Place { endLine: number; endColumn: number }

/** A member's key, or the value itself. */
export type Part = "key" | "value";

/** The place of what `pointer` names; of what holds it, when it is not there. */
export type Places = (pointer: string, part?: Part) => Range;

interface Span { at: number; end: number }

interface Level {
  /** null: nothing in here is looked for */
  pointer: string | null;
  kind: "object" | "list";
  /** the member or item under way; null in an object that waits for a key */
  key: string | null;
  keySpan: Span;
  index: number;
  /** the whole of it; its end is known when it is closed */
  span: Span;
}

type Spans = Record<Part, Span>;

/** Looks for all `pointers` in one pass. Of members with the same key the last counts. */
export function findPlaces(text: string, pointers: Iterable<string>): Places {
  const wanted = new Set([""]);
  for (const pointer of pointers) {
    for (let prefix = pointer; prefix && !wanted.has(prefix); prefix = parentOf(prefix)) wanted.add(prefix);
  }
  const found = spansOf(text, wanted);
  const places = placesAt(text, [...found.values()].flatMap(({ key, value }) => [key.at, key.end, value.at, value.end]));
  const placeOf = (offset: number) => places.get(offset) ?? { line: 1, column: 1 };
  return (pointer, part = "value") => {
    while (pointer && !found.has(pointer)) pointer = parentOf(pointer);
    const { at, end } = found.get(pointer)?.[part] ?? { at: 0, end: 0 };
    const { line: endLine, column: endColumn } = placeOf(end);
    return { ...placeOf(at), endLine, endColumn };
  };
}

function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}

function spansOf(text: string, wanted: ReadonlySet<string>): Map<string, Spans> {
  const found = new Map<string, Spans>();
  const open: Level[] = [];
  for (const token of tokensOf(text)) {
    const level = open.at(-1);
    const first = text[token.at];
    if (first === "}" || first === "]") close(open, token);
    else if (first === "," && level) startNext(level);
    else if (first === ":" || first === ",") continue;
    else if (level?.kind === "object" && level.key === null) {
      level.key = keyOf(text.slice(token.at, token.end));
      level.keySpan = token;
    } else {
      const pointer = pointerIn(level, wanted);
      const holds = first === "{" || first === "[";
      const span = holds ? { at: token.at, end: text.length } : token;
      if (pointer !== null) found.set(pointer, { key: level?.kind === "object" ? level.keySpan : span, value: span });
      if (holds) open.push({ pointer, kind: first === "{" ? "object" : "list", key: null, keySpan: span, index: 0, span });
    }
  }
  return found;
}

function close(open: Level[], { end }: Span): void {
  const level = open.pop();
  if (level) level.span.end = end;
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

function* tokensOf(text: string): Generator<Span> {
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
