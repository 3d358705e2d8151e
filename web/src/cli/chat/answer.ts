/** What the user's line means: a button, chosen by its number or its label, or a message. */
import type { Ask } from "../../protocol.js";
import type { Runtime } from "../../runtime.js";
import { buttonsOnOffer, type Button } from "./buttons.js";

/** Sends a line. False when it cannot be taken now. */
export function answer(runtime: Runtime, line: string): boolean {
  const { transcript } = runtime;
  const button = buttonOf(line.trim(), buttonsOnOffer(transcript), transcript.ask);
  return button ? runtime.choose(button.value) : runtime.send(line);
}

/** The engine itself knows the labels of the question's buttons, in capitals or not. */
function buttonOf(line: string, buttons: readonly Button[], ask: Ask | null): Button | undefined {
  const labelled = buttons.find(({ label }) => label.trim().toLowerCase() === line.toLowerCase());
  if (labelled) return labelled.card === null ? undefined : labelled;
  return isAnswer(line, ask) ? undefined : buttons[Number(line) - 1];
}

/** What is no number of a button: a number can be an answer itself. */
function isAnswer(line: string, ask: Ask | null): boolean {
  if (!/^[1-9]\d*$/.test(line)) return true;
  return ask !== null && ask.kind !== "choice" && (ask.sensitive || ask.attributeType === "number");
}
