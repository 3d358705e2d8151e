/** The package as npm packs it, installed into an empty folder. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { build } from "../../web/node_modules/esbuild/lib/main.js";
import { page } from "./site.mjs";
import { blocks } from "./snippets.mjs";
import { says, signIn, useBank } from "./visit.mjs";

const web = join(import.meta.dirname, "../../web");
const bank = useBank();
let folder;
const run = (command, ...words) => execFileSync(command, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-package-"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  run("npm", "pack", web, "--silent");
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  run("npm", "install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", `./${tarball}`);
});
after(() => rm(folder, { recursive: true }));

describe("the package", () => {
  test("brings nothing else along", async () => {
    assert.deepEqual((await readdir(join(folder, "node_modules"))).filter((name) => !name.startsWith(".")), ["latchkey"]);
  });

  test("has its licence, those of what is compiled into it, what it is, and what its files have to be", async () => {
    const installed = join(folder, "node_modules/latchkey");
    assert.equal(await readFile(join(installed, "LICENSE"), "utf8"), await readFile(join(web, "../LICENSE"), "utf8"));
    assert.match(await readFile(join(installed, "README.md"), "utf8"), /^# Latchkey\n/);
    const files = await readdir(join(installed, "dist"));
    for (const name of ["latchkey-chat.js", "latchkey-markdown.js", "engine.js", "cli.js", "latchkey.wasm", "engine.wasm", "latchkey-no-wasm.js"]) assert.ok(files.includes(`${name}.LEGAL.txt`), name);
    for (const name of ["integrity.json", "integrity.html"]) assert.ok(files.includes(name), name);
  });

  test("works in Node: its engine, its command, and its chat, which does nothing there", async () => {
    const code = 'import { checkBot } from "latchkey/engine"; import { createChat } from "latchkey"; console.log((await checkBot("{")).length, typeof createChat);';
    assert.equal(run(process.execPath, "--input-type=module", "--eval", code), "1 function\n");
    assert.match(run(process.execPath, "node_modules/.bin/latchkey", "--help"), /check/);
  });

  test("works in a page that is bundled, as docs/embedding.md shows", async () => {
    await writeFile(join(folder, "page.js"), blocks("docs/embedding.md", "js")[0]);
    const { outputFiles } = await build({ absWorkingDir: folder, entryPoints: ["page.js"], bundle: true, format: "esm", write: false, logLevel: "silent" });
    bank.files["/page.js"] = outputFiles[0].text;
    const dist = join(folder, "node_modules/latchkey/dist");
    for (const name of ["latchkey-chat.js", "latchkey.wasm", "latchkey-vault.js"]) bank.files[`/latchkey/${name}`] = { body: await readFile(join(dist, name)), headers: {} };
    bank.files["/"] = page('<script type="module" src="/page.js"></script>');
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "Your balance is EUR 2,418.32.");
    assert.equal(await tab.title(), "Signed in");
    assert.deepEqual(tab.errors, []);
  });
});
