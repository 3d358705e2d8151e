/** Two clean builds, in folders of different names, give the same bytes. It takes minutes: `script/test --long`. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "../..");
const made = new Set([".git", ".tools", "build", "web/dist", "web/node_modules"]);

async function copyTo(folder) {
  await cp(root, folder, { recursive: true, filter: (path) => !made.has(relative(root, path)) });
  for (const tools of [".tools", "web/node_modules"]) if (existsSync(join(root, tools))) await symlink(join(root, tools), join(folder, tools));
  return folder;
}

/** Path → bytes of web/dist. */
async function buildIn(folder) {
  execFileSync(join(folder, "script/build"), ["wasm", "web", "sbom"], { cwd: folder, stdio: "ignore" });
  const dist = join(folder, "web/dist");
  const files = (await readdir(dist, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return new Map(files.map((entry) => join(entry.parentPath, entry.name)).map((path) => [relative(dist, path), readFile(path)]));
}

test("the same sources give the same files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-build-"));
  try {
    const copies = [await copyTo(join(folder, "one")), await copyTo(join(folder, "another-name"))];
    const [first, second] = [await buildIn(copies[0]), await buildIn(copies[1])];
    assert.ok(first.size > 30);
    assert.deepEqual([...first.keys()].sort(), [...second.keys()].sort());
    for (const [name, bytes] of first) assert.ok((await bytes).equals(await second.get(name)), name);
    for (const [name, bytes] of first) assert.ok(!(await bytes).includes(folder), `${name} holds the folder's name`);
  } finally {
    await rm(folder, { recursive: true });
  }
});
