/** Bodies compared without what is new in every answer: times, numbers of requests. */
import { parseJson } from "../test/json.js";

/** Whether `other` says what `one` says, but for what differs between `one` and `again`, two answers to the same request. */
export function saysSame(one: string, again: string, other: string): boolean {
  const [first, second, third] = [partsOf(one), partsOf(again), partsOf(other)];
  return [...new Set([...first.keys(), ...third.keys()])].every((place) => {
    if (first.get(place) === third.get(place)) return true;
    const changes = first.get(place) !== second.get(place);
    const isAlwaysThere = first.has(place) && second.has(place);
    return changes && (third.has(place) || !isAlwaysThere);
  });
}

/** The values of a JSON text, or the lines of another one, by their places. */
function partsOf(body: string): Map<string, string> {
  const parts = new Map<string, string>();
  const add = (value: unknown, place: string): void => {
    const held = typeof value === "object" && value !== null ? Object.entries(value) : [];
    if (held.length === 0) parts.set(place, JSON.stringify(value));
    for (const [name, item] of held) add(item, `${place}/${name}`);
  };
  add(parseJson(body) ?? body.split("\n"), "");
  return parts;
}
