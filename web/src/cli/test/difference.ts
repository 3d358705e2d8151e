/** Where what came is not what was expected. */
import { diffWordsWithSpace } from "diff";
import type { Json } from "../../protocol.js";
import { escapeKey } from "../json-place.js";
import { isObject, sameJson } from "./json.js";

export interface Difference {
  /** RFC 6901 pointer into both values */
  where: string;
  expected: Json | undefined;
  came: Json | undefined;
}

/** What is expected is all there is, or at least that: then objects may have members besides, and null stands for none. */
export type Measure = "exactly" | "atLeast";

/** The innermost differences of two values; none when what came is as expected. */
export function differences(expected: Json | undefined, came: Json | undefined, measure: Measure, where = ""): Difference[] {
  if (Array.isArray(expected) && Array.isArray(came)) {
    return Array.from({ length: Math.max(expected.length, came.length) }).flatMap((_, i) => {
      const inBoth = i < Math.min(expected.length, came.length);
      return differences(expected[i], came[i], inBoth ? measure : "exactly", `${where}/${i}`);
    });
  }
  if (isObject(expected) && isObject(came)) {
    const names = new Set([...Object.keys(expected), ...(measure === "exactly" ? Object.keys(came) : [])]);
    return [...names].flatMap((name) => differences(memberOf(expected, name), memberOf(came, name), measure, `${where}/${escapeKey(name)}`));
  }
  const missing = measure === "atLeast" && expected === null && came === undefined;
  return missing || sameJson(expected, came) ? [] : [{ where, expected, came }];
}

function memberOf(holder: { [key: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(holder, name) ? holder[name] : undefined;
}

/** One text out of both: `Your ID is [-C-1-]{+C-2+}.` */
export function wordDifference(expected: string, came: string): string {
  return diffWordsWithSpace(expected, came)
    .map(({ value, added, removed }) => (added ? `{+${value}+}` : removed ? `[-${value}-]` : value))
    .join("");
}
