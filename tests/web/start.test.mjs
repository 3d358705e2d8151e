/** docs/start.md: its commands are run and its files written, and the chat is opened. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { launchBrowser } from "./site.mjs";
import { blocks } from "./snippets.mjs";
import { openChat, panel, says } from "./visit.mjs";

const root = join(import.meta.dirname, "../..");

test("docs/start.md leads to a chat", async () => {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-start-"));
  const text = readFileSync(join(root, "docs/start.md"), "utf8");
  const [build, ...commands] = [...text.replaceAll(/```[^]*?```/g, "").matchAll(/^ {4}(\S.*)$/gm)].map(([, command]) => command.replaceAll("build/my-site", join(folder, "my-site")));
  assert.match(build, /^script\/bootstrap demo && script\/build$/); // tests have been here already
  assert.equal(commands.length, 4);
  const run = (command) => execFileSync("sh", ["-c", command], { cwd: root, encoding: "utf8" });
  const [make, copy, check, serve] = commands;
  let server, browser;
  try {
    run(make);
    run(copy);
    for (const [name, language] of [["bot.json", "json"], ["index.html", "html"]]) {
      assert.ok(text.includes(`\`build/my-site/${name}\``));
      writeFileSync(join(folder, "my-site", name), blocks("docs/start.md", language)[0]);
    }
    assert.match(run(check), /no problems/);
    const [program, ...words] = serve.replace("8000", "0").split(" ");
    server = spawn(program, words, { cwd: root, env: { ...process.env, PYTHONUNBUFFERED: "1" } });
    const port = await new Promise((resolve, reject) => {
      server.on("error", reject).on("exit", () => reject(new Error("The server ended.")));
      server.stdout.on("data", (part) => resolve(/port (\d+)/.exec(part)?.[1]));
    });
    browser = await launchBrowser();
    const tab = await browser.newPage();
    await tab.goto(`http://localhost:${port}`);
    await openChat(tab);
    await panel(tab).getByRole("button", { name: "Opening hours" }).click();
    await says(tab, "Monday to Friday, 9 to 18.");
  } finally {
    await browser?.close();
    server?.kill();
    rmSync(folder, { recursive: true });
  }
});
