/** All steps of a conversation test, as docs/conversation-tests.md lists them. */
import type { Json } from "../../protocol.js";
import { suggestion } from "../../nearest.js";
import { actingSteps } from "./acting-steps.js";
import { expectingSteps } from "./expecting-steps.js";
import { isObject, type JsonObject } from "./json.js";
import { anyObject, record, type Flaw, type Shape } from "./shapes.js";
import type { StepKind } from "./step-kind.js";
import type { TestHost } from "./test-host.js";

const kinds: Record<string, StepKind> = { ...actingSteps, ...expectingSteps };

/** A step: an object with exactly one of the known keys and what belongs beside it. */
export const stepShape: Shape = (step, where) => {
  if (!isObject(step)) return anyObject(step, where);
  const keys = keysOf(step);
  const [key] = keys;
  if (keys.length > 1) return [{ where, message: `A step has exactly one of the keys, not ${keys.map((one) => `"${one}"`).join(" and ")}; make a step of each.` }];
  if (key === undefined) return [noStep(step, where)];
  const { shape, required, optional } = kinds[key]!;
  return record({ [key]: shape, ...required }, optional)(step, where);
};

function keysOf(step: JsonObject): string[] {
  return Object.keys(step).filter((key) => Object.hasOwn(kinds, key));
}

function noStep(step: JsonObject, where: string): Flaw {
  const name = Object.keys(step).find((key) => key !== "comment");
  if (name === undefined) return { where, message: `A step needs one of the keys ${Object.keys(kinds).join(", ")}.` };
  const owner = Object.keys(kinds).find((key) => name in kinds[key]!.required || name in kinds[key]!.optional);
  if (owner) return { where, message: `"${name}" stands beside "${owner}" in one step; add it.` };
  return { where, message: `There is no step "${name}"${suggestion(name, Object.keys(kinds))}` };
}

/** Takes a step that has its shape. @throws Mismatch */
export function takeStep(host: TestHost, step: JsonObject): void {
  const [key = ""] = keysOf(step);
  // What was reported before something happens is history. Setting the clock makes nothing happen yet.
  if (key in actingSteps && key !== "clock") host.page.reports = [];
  kinds[key]?.take(host, step[key] as Json, step);
}
