import type { Json } from "../../protocol.js";

/** The conversation went another way than its test says. */
export class Mismatch extends Error {
  override readonly name = "Mismatch";
  readonly expected: Json | undefined;
  readonly came: Json | undefined;

  constructor(what: string, expected?: Json, came?: Json) {
    super(what);
    this.expected = expected;
    this.came = came;
  }
}
