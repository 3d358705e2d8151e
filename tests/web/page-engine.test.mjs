/** The engine that pages load finds the same errors as the one that has words for them. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { checkBot, describeProblem } from "../../web/dist/engine.js";
import { engineOfPages } from "../../web/build.mjs";
import { bundleSource } from "./load-source.mjs";

const root = join(import.meta.dirname, "../..");
const folder = await mkdtemp(join(tmpdir(), "latchkey-"));
after(() => rm(folder, { recursive: true }));
await copyFile(join(root, "web/dist/latchkey.wasm"), join(folder, "engine.wasm"));
await writeFile(join(folder, "engine.mjs"), await bundleSource(["engine.ts"], { plugins: [engineOfPages] }));
const ofPages = await import(pathToFileURL(join(folder, "engine.mjs")).href);

const files = readdirSync(join(root, "tests/bad-bots")).map((name) => JSON.parse(readFileSync(join(root, "tests/bad-bots", name), "utf8")));
const texts = files.flatMap(({ cases }) => cases.filter(({ generate }) => !generate).map(({ bot, text }) => text ?? JSON.stringify(bot)));

describe("the engine of pages", () => {
  test("finds every error that there is, with its code and place, and has no words for it", async () => {
    // Several of one code at one place differ in their words alone.
    const errorsOf = (problems) => [...new Map(problems.filter(({ severity }) => severity === "error")
      .map((problem) => [`${problem.code} ${problem.where}`, problem])).values()];
    for (const text of texts) {
      const problems = await checkBot(text);
      assert.deepEqual(errorsOf(await ofPages.checkBot(text)), errorsOf(problems).map((problem) => ({ ...problem, message: "" })), text);
    }
  });

  test("a problem without words is told without them", async () => {
    const [problem] = await ofPages.checkBot("[");
    assert.equal(describeProblem(problem), "error jsonSyntax at the top");
  });
});
