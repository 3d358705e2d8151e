/** What the user's line means: a button, chosen by its number, or a message. */
import type { Runtime } from "../../runtime.js";
import type { Ask, Option } from "../../protocol.js";

/** Sends a line. False when it cannot be taken now. */
export function answer(runtime: Runtime, line: string): boolean {
  const option = optionOf(line.trim(), runtime.transcript.ask);
  return option ? runtime.choose(option.value) : runtime.send(line);
}

/** The button with that number, unless the number can be an answer itself: then only a label counts. */
function optionOf(line: string, ask: Ask | null): Option | undefined {
  if (!ask || !/^[1-9]\d*$/.test(line)) return undefined;
  const isAnswer = ask.kind === "choiceOrText" && (ask.sensitive || ask.attributeType === "number");
  const isLabel = ask.options.some(({ label }) => label.trim() === line);
  return isAnswer || isLabel ? undefined : ask.options[Number(line) - 1];
}
