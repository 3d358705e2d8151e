import { readFile } from "node:fs/promises";
import { Refusal } from "./refusal.js";

const reasons: Record<string, string> = {
  ENOENT: "There is no such file.",
  ENOTDIR: "There is no such file.",
  EISDIR: "This is a folder; name a file in it.",
  EACCES: "You may not read this file.",
  EPERM: "You may not read this file.",
  ERR_FS_FILE_TOO_LARGE: "This file is too large.",
};

/** The text of a file. @throws Refusal when it cannot be read or is not UTF-8. */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(`${file}: ${reasons[error.code ?? ""] ?? `It cannot be read (${error.code ?? error.message}).`}`);
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(`${file}: This is not text in UTF-8.`);
  }
}
