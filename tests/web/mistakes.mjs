/** Mistakes as people make them in a bot file; the same ones for the same seed. */

/** A generator of numbers from 0 to 1 (mulberry32). */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const isContainer = (value) => typeof value === "object" && value !== null;
const isObject = (value) => isContainer(value) && !Array.isArray(value);

/** The objects and lists in a JSON value, itself included. */
function* containersIn(value) {
  if (!isContainer(value)) return;
  yield value;
  for (const inner of Object.values(value)) yield* containersIn(inner);
}

/** The values that a field of each name has in the bots. */
function fieldsOf(bots) {
  const fields = new Map();
  for (const object of bots.flatMap((bot) => [...containersIn(bot)]).filter(isObject)) {
    for (const [name, value] of Object.entries(object)) fields.set(name, (fields.get(name) ?? new Map()).set(JSON.stringify(value), value));
  }
  return new Map([...fields].map(([name, values]) => [name, [...values.values()]]));
}

const ofAnyType = [null, true, 7, "word", {}, []];
/** Beyond the limits of one field or another, or on them. */
const outliers = {
  number: [-1, 0, 0.00001, 0.5, 4, 5, 61, 1001, 4097, 525601, 1e9],
  string: ["", "a".repeat(65), "a".repeat(129), "A\nb", "__proto__", "authenticated"],
  boolean: [true, false],
};
const lengths = [0, 6, 11, 101, 1001, 10_001];
/** Bytes of a list that is made longer: more takes too long to check. */
const largest = 200_000;

function resized(list, length) {
  return Array.from({ length }, (_, index) => structuredClone(list[index % list.length]));
}

/** The value with other lengths or sizes. */
function* pushedOut(value) {
  if (!Array.isArray(value)) return yield* outliers[typeof value] ?? [];
  if (value.length === 0) return yield ["word"];
  const sizeOfItem = JSON.stringify(value).length / value.length;
  for (const length of lengths) if (length * sizeOfItem < largest) yield resized(value, length);
}

const typeOf = (value) => (value === null ? "null" : Array.isArray(value) ? "list" : typeof value);

/** What may stand in place of the value: something of another type, or out of range. All comments are alike. */
function* replacements(key, value) {
  if (key === "comment") return yield 7;
  yield* ofAnyType.filter((other) => typeOf(other) !== typeOf(value));
  yield* pushedOut(value);
}

/** Every single mistake in a bot, one after the other: `bot` is the same object with another mistake each time. */
export function* everyMistake(bot) {
  for (const container of [...containersIn(bot)]) {
    if (!Array.isArray(container)) {
      container.unknown = 7;
      yield { made: "an unknown field", bot };
      delete container.unknown;
    }
    for (const key of Object.keys(container)) {
      const value = container[key];
      for (const other of replacements(key, value)) {
        container[key] = other;
        yield { made: `${key}: ${JSON.stringify(other).slice(0, 40)}`, bot };
      }
      if (Array.isArray(container)) {
        container[key] = value;
        continue;
      }
      delete container[key];
      yield { made: `${key} deleted`, bot };
      container[key] = value;
    }
  }
}

/**
 * Makes mistakes of six kinds in copies of a bot: something is deleted, renamed, of another type, out of range, exchanged
 * for what stands under the same name elsewhere, or added. `names` are more fields to add.
 */
export function mistakesFor(bots, names, seed) {
  const random = generator(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const known = fieldsOf(bots);
  const allNames = [...new Set([...known.keys(), ...names])];
  const valueFor = (name) => structuredClone(pick(known.get(name) ?? ofAnyType));

  const kinds = {
    delete: (container, key) => (Array.isArray(container) ? container.splice(key, 1) : delete container[key]),
    rename(container, key) {
      if (Array.isArray(container)) return;
      const value = container[key];
      delete container[key];
      container[pick([`${key}s`, key.slice(1), key.toUpperCase(), pick(allNames)])] = value;
    },
    retype: (container, key) => (container[key] = structuredClone(pick(ofAnyType))),
    pushOut: (container, key) => (container[key] = pick([...pushedOut(container[key]), container[key]])),
    exchange: (container, key) => (container[key] = valueFor(Array.isArray(container) ? pick(allNames) : key)),
    add(container) {
      const name = pick(allNames);
      if (Array.isArray(container)) container.push(valueFor(name));
      else container[name] = valueFor(name);
    },
  };

  function mistake(bot) {
    const container = pick([...containersIn(bot)].filter((each) => Object.keys(each).length > 0));
    const key = pick(Object.keys(container));
    const kind = pick(Object.keys(kinds));
    kinds[kind](container, key);
    return `${kind} ${key}`;
  }

  /** A copy with one to three mistakes, and what they are. */
  return function make(bot) {
    const copy = structuredClone(bot);
    const made = Array.from({ length: pick([1, 1, 2, 3]) }, () => Object.keys(copy).length > 0 && mistake(copy));
    return { made: made.join(", "), bot: copy };
  };
}
