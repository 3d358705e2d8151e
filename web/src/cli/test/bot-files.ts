import { relative, resolve } from "node:path";
import { loadBotFile, type BotFile } from "../bot-file.js";

/** The bots that conversations are run with: each is loaded once, however many files name it. */
export class BotFiles {
  #trace: boolean;
  #loading = new Map<string, Promise<BotFile>>();

  /** `trace`: the bots note what runs. */
  constructor(trace: boolean) { this.#trace = trace; }

  /** Loads the bot at `path`, called by its path from the folder that the command runs in. */
  load(path: string): Promise<BotFile> {
    const whole = resolve(path);
    const loading = this.#loading.get(whole) ?? loadBotFile(relative("", whole), { trace: this.#trace });
    this.#loading.set(whole, loading);
    return loading;
  }
}
