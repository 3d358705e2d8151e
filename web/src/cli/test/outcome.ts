import type { BotCoverage } from "./coverage.js";
import type { Result } from "./run-conversation.js";

/** How everything came out. */
export interface Outcome {
  results: Result[];
  unusable: Unusable[];
  /** null when nobody asked for it */
  coverage: BotCoverage[] | null;
  /** the least per cent of each bot that was to be reached, or null */
  threshold: number | null;
}

/** A file that could not be run, and why. */
export interface Unusable { file: string; lines: string[] }
