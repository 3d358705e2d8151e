/** Runs the built command line as a process of its own, and keeps files for it. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

export const cli = join(import.meta.dirname, "../../web/dist/cli.js");
export const corpus = join(import.meta.dirname, "../conversations");
export const folder = await mkdtemp(join(tmpdir(), "latchkey-cli-"));
after(() => rm(folder, { recursive: true }));

/** Writes a file (an object as JSON) into the tests' folder and returns its path. */
export async function file(name, content) {
  const path = join(folder, name);
  await writeFile(path, typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content, null, 2));
  return path;
}

/** Runs a program with `input` as its standard input, from the tests' folder. */
export function runProgram(program, words, { input = "", env = {} } = {}) {
  const child = spawn(program, words, { cwd: folder, env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env } });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (text) => (output[name] += text));
  child.stdin.on("error", () => {}).end(input);
  const { promise, resolve, reject } = Promise.withResolvers();
  child.on("error", reject).on("close", (status, signal) => resolve({ status, signal, ...output }));
  return promise;
}

export const run = (words, options) => runProgram(process.execPath, [cli, ...words], options);

/** A bot with these dialogs and whatever else. */
export const botWith = (dialogs, rest = {}) => ({ latchkey: 1, id: "test", ...rest, dialogs });
export const say = (text) => ({ type: "text", text });
