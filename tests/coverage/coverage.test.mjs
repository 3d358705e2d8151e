/**
 * How much of engine/ the engine's tests reach, as the sanitized build counted it (script/test runs them before this): the least
 * that is accepted, and what was reached, file by file when it is too little.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join, relative } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "../..");
const build = join(root, "build/sanitize");
const least = { lines: 95, branches: 90 };

const llvm = (tool, ...options) => execFileSync(tool, options, { cwd: build, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });

llvm("llvm-profdata", "merge", "-o", "coverage.profdata", "coverage.profraw");
const [{ files, functions, totals }] = JSON.parse(llvm("llvm-cov", "export", "-instr-profile=coverage.profdata", "tests/engine/latchkey_tests",
  join(root, "engine/src"), join(root, "engine/include"))).data;

/** The files with most that was not reached. */
function worst(what) {
  const missed = ({ summary }) => summary[what].count - summary[what].covered;
  return files.filter(missed).sort((a, b) => missed(b) - missed(a)).slice(0, 15)
    .map((file) => `${relative(root, file.filename)}: ${missed(file)} of ${file.summary[what].count} not reached`).join("\n");
}

for (const [what, percent] of Object.entries(least)) {
  test(`the tests reach ${percent} % of the engine's ${what}`, (t) => {
    const { count, covered } = totals[what];
    const reached = (100 * covered) / count;
    t.diagnostic(`${what}: ${reached.toFixed(2)} %, ${covered} of ${count}`);
    assert.ok(reached >= percent, `${reached.toFixed(2)} % of the ${what}:\n${worst(what)}`);
  });
}

test("the tests reach every branch of the lock, of the clock and of masking", () => {
  const lock = /\/(gate|state)\.[ch]pp$/;
  const masking = /^_ZN8latchkey4mask/;
  const branches = [...files.filter(({ filename }) => lock.test(filename)), ...functions.filter(({ name }) => masking.test(name))]
    .flatMap((part) => part.branches.map((branch) => ({ branch, name: relative(root, part.filename ?? part.filenames[0]) })));
  assert.ok(branches.length > 30, "they were found");
  const [ran, ranNot] = [4, 5]; // a branch is [line, column, end line, end column, times taken, times not taken, …]
  const missed = branches.filter(({ branch }) => !branch[ran] || !branch[ranNot]);
  assert.deepEqual(missed.map(({ branch, name }) => `${name}:${branch[0]}`), []);
});
