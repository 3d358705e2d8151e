/** A bot file that loads. */
import { BotError, loadBot, type Bot } from "../engine.js";
import type { CheckedFile } from "./problems.js";
import { readText } from "./read-text.js";

export interface BotFile {
  file: string;
  /** the source, for places in it */
  text: string;
  bot: Bot;
}

/** The bot has errors; `checked` has them, and its warnings. */
export class BadBot extends Error {
  override readonly name = "BadBot";
  readonly checked: CheckedFile;
  constructor(checked: CheckedFile) {
    super(`${checked.file} does not load.`);
    this.checked = checked;
  }

  /** The errors without the warnings. */
  get errors(): CheckedFile {
    return { ...this.checked, problems: this.checked.problems.filter(({ severity }) => severity === "error") };
  }
}

/** Loads a bot; `trace`: it notes what runs. @throws Refusal when it cannot be read, BadBot when it has an error. */
export async function loadBotFile(file: string, { trace = false } = {}): Promise<BotFile> {
  const text = await readText(file);
  try {
    return { file, text, bot: await loadBot(text, { trace }) };
  } catch (error) {
    throw error instanceof BotError ? new BadBot({ file, text, problems: [...error.problems] }) : error;
  }
}
