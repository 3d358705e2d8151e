import type { Json } from "../../protocol.js";
import type { JsonObject } from "./json.js";
import type { Fields, Shape } from "./shapes.js";
import type { TestHost } from "./test-host.js";

/** What a step with a certain key may hold, and does. */
export interface StepKind {
  shape: Shape;
  /** fields that stand beside the key: these must … */
  required: Fields;
  /** … and these may */
  optional: Fields;
  /** Takes the step. @throws Mismatch */
  take(host: TestHost, value: Json, step: JsonObject): void;
}

/** `take` may rely on `shape`: a value without it never comes so far. */
export function stepKind<Value extends Json>(
  shape: Shape, take: (host: TestHost, value: Value, step: JsonObject) => void, beside: { required?: Fields; optional?: Fields } = {},
): StepKind {
  return { shape, required: beside.required ?? {}, optional: beside.optional ?? {}, take: (host, value, step) => take(host, value as Value, step) };
}
