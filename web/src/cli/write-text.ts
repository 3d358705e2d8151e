import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Refusal } from "./refusal.js";

const reasons: Record<string, string> = {
  ENOTDIR: "It cannot be written, for a part of its path is a file.",
  EEXIST: "It cannot be written, for a part of its path is a file.",
  EISDIR: "This is a folder; name a file in it.",
  EACCES: "You may not write here.",
  EPERM: "You may not write here.",
  EROFS: "You may not write here.",
  ENOSPC: "There is no space left for it.",
};

/** Writes a text as UTF-8, and makes the folders that are missing. @throws Refusal when it cannot be written. */
export async function writeText(file: string, text: string): Promise<void> {
  try {
    // In a folder that is gone Node makes the folders of a relative path without end.
    await mkdir(dirname(resolve(file)), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new Refusal(`${file}: ${reasons[code] ?? `It cannot be written (${code || message}).`}`);
  }
}
