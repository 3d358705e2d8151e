import type { Json } from "../../protocol.js";
import type { Measure } from "./difference.js";

/** The conversation went another way than its test says. */
export class Mismatch extends Error {
  override readonly name = "Mismatch";
  readonly expected: Json | undefined;
  readonly came: Json | undefined;
  readonly measure: Measure;

  constructor(what: string, expected?: Json, came?: Json, measure: Measure = "exactly") {
    super(what);
    this.expected = expected;
    this.came = came;
    this.measure = measure;
  }
}
