/** What a page does to have the chat as it was built or not at all: docs/embedding.md, "Integrity". */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { integrityOf, pageWith } from "../../web/integrity.mjs";
import { bankBot } from "./bank-bot.mjs";
import { chatTag, page } from "./site.mjs";
import { blocks } from "./snippets.mjs";
import { launcher, openChat, panel, says, signIn, strictPolicy, useBank, watch, watched } from "./visit.mjs";

const dist = join(import.meta.dirname, "../../web/dist");
const bank = useBank();
const integrities = JSON.parse(await readFile(join(dist, "integrity.json"), "utf8"));
const insisting = pageWith(integrities, "/").replace('"bot.json"', '"/bot.json"');
const policy = { "integrity-policy": "blocked-destinations=(script)" };
const mapHash = /'(sha256-[^']*)'/.exec(insisting)[1];

/** The built file with a comment more. */
const tamper = async (name) => {
  bank.files[`/${name}`] = { body: Buffer.concat([await readFile(join(dist, name)), Buffer.from("\n//")]) };
};

/** Each click leaves the chat not available. */
async function staysAway(tab, reason, clicks = 1) {
  for (let n = 0; n < clicks; n++) {
    const told = tab.waitForEvent("console", (message) => message.text().startsWith("latchkey: The chat is not available."));
    await launcher(tab).click();
    assert.match((await told).text(), reason);
    await tab.getByText("The chat is not available").first().waitFor();
  }
  assert.equal(await panel(tab).count(), 0);
}

describe("integrity.json", () => {
  test("has every file that a visitor may load, as it is", async () => {
    const files = (await readdir(dist, { recursive: true })).filter((name) => /^[\w-]+\.(js|wasm)$|^languages\/.*json$/.test(name) && name !== "cli.js");
    assert.deepEqual(Object.keys(integrities), files.sort());
    for (const name of files) assert.equal(integrities[name], `sha384-${createHash("sha384").update(await readFile(join(dist, name))).digest("base64")}`);
  });

  test("lies beside what a page writes", async () => {
    assert.equal(await readFile(join(dist, "integrity.html"), "utf8"), pageWith(integrities, "/latchkey/"));
  });
});

describe("P3: a page that insists on the files", () => {
  test("has its chat, under the strictest policies", async () => {
    const scripts = `'self' 'wasm-unsafe-eval' '${mapHash}'`;
    bank.files["/"] = { body: page(insisting), headers: { ...policy, "content-security-policy": strictPolicy(bank.api.origin, scripts) } };
    const tab = await bank.visit({}, watch);
    await signIn(tab);
    await says(tab, "Your balance is EUR 2,418.32.");
    assert.deepEqual((await watched(tab))[0], []);
    assert.deepEqual(tab.errors, []);
  });

  test("has none by another latchkey.js", async () => {
    await tamper("latchkey.js");
    bank.files["/"] = page(insisting);
    const tab = await bank.visit();
    assert.equal(await tab.evaluate(() => customElements.get("latchkey-chat")), undefined);
  });

  test("has none by another latchkey-chat.js, however often one clicks", async () => {
    await tamper("latchkey-chat.js");
    bank.files["/"] = page(insisting);
    await staysAway(await bank.visit(), /latchkey-chat\.js\?* could not be loaded/, 6);
    // The header alone refuses what has no integrity.
    bank.files["/"] = { body: page(insisting.replace(/<script type="importmap">.*?<\/script>/s, "")), headers: policy };
    await staysAway(await bank.visit(), /latchkey-chat\.js\?* could not be loaded/, 2);
  });

  test("may name them for a chat that is open from the start", async () => {
    const [, , opened] = blocks("docs/embedding.md", "html");
    const links = opened.match(/<link .*>/g).join("");
    bank.files["/"] = { body: page(insisting.replace("<script src", `${links}<script src`)), headers: policy };
    bank.requests.length = 0;
    const tab = await bank.visit();
    await openChat(tab);
    await says(tab, "Welcome to Test Bank.");
    assert.equal(bank.requests.filter((path) => path === "/latchkey-chat.js").length, 1);
    assert.deepEqual(tab.errors, []);
    await tamper("latchkey-chat.js");
    await staysAway(await bank.visit(), /latchkey-chat\.js\?* could not be loaded/, 5);
  });

  test("goes without what only some chats need, where that is another", async () => {
    await tamper("latchkey-vault.js");
    bank.files["/"] = page(insisting);
    const tab = await bank.visit();
    await signIn(tab);
    await says(tab, "Your balance is EUR 2,418.32.");
    assert.match(tab.errors.join(), /latchkey-vault\.js could not be loaded/);
  });
});

describe("P3: any page", () => {
  test("has no chat by another latchkey.wasm", async () => {
    const built = await readFile(join(dist, "latchkey.wasm"));
    // An empty section of custom data: a module that runs as well as ours.
    bank.files["/latchkey.wasm"] = { body: Buffer.concat([built, Buffer.from([0, 2, 1, 0x78])]) };
    assert.ok(WebAssembly.validate(bank.files["/latchkey.wasm"].body));
    await staysAway(await bank.visit(), /latchkey\.wasm is not the file that was published/, 2);
  });

  test("may say what its bot file has to be", async () => {
    const bot = bankBot(bank.api.origin);
    for (const algorithm of ["sha256", "sha384", "sha512"]) {
      bank.files["/"] = page(chatTag.replace(" data-bot", ` data-bot-integrity="${integrityOf(bot, algorithm)}" data-bot`));
      const tab = await bank.visit();
      await openChat(tab);
      await says(tab, "Welcome to Test Bank.");
      assert.deepEqual(tab.errors, []);
    }
    bank.files["/bot.json"] = `${bot} `;
    await staysAway(await bank.visit(), /bot\.json is not the file that was published: its integrity is not sha512-/);
    bank.files["/"] = page(chatTag.replace(" data-bot", ' data-bot-integrity="none" data-bot'));
    await staysAway(await bank.visit(), /./);
  });
});
