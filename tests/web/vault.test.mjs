/** What is sensitive lies sealed in the tab's storage: by a page in a real browser, and by the vault itself. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { build } from "../../web/node_modules/esbuild/lib/main.js";
import { common } from "../../web/build.mjs";
import { join } from "node:path";
import { log, openChat, panel, says, signIn, stored, useBank, write } from "./visit.mjs";
import { chatTag, page, pageCache } from "./site.mjs";

const bank = useBank(pageCache);

const balance = "Your balance is EUR 2,418.32.";
const anew = "The earlier chat could not be continued, so a new one begins";

async function signedIn(prepare) {
  const tab = await bank.visit({}, prepare);
  await signIn(tab);
  await says(tab, balance);
  return tab;
}

const sealed = (tab) => tab.waitForFunction(() => sessionStorage.getItem("latchkey:test-bank").includes('"sealed":"'));
const everythingStored = (tab) => tab.evaluate(() => JSON.stringify({ ...sessionStorage }));

/** The keys in the page's database. */
const keys = (tab) => tab.evaluate(() => new Promise((resolve) => {
  const opening = indexedDB.open("latchkey");
  opening.onsuccess = () => {
    const all = opening.result.transaction("keys").objectStore("keys").getAll();
    all.onsuccess = () => (opening.result.close(), resolve(all.result.map(({ extractable, algorithm }) => ({ extractable, ...algorithm }))));
  };
}));

const leaveANote = async (tab) => {
  await tab.getByRole("button", { name: "Leave a note" }).last().click();
  await says(tab, "What shall I note?");
};

describe("S1: at rest: what is sensitive", () => {
  test("is not in the tab's storage in clear, and a reload goes on", async () => {
    const tab = await signedIn();
    await sealed(tab);
    assert.doesNotMatch(await everythingStored(tab), /C-1001|"snapshot"|2,418|message/, "nor is what a secured dialog said");
    assert.match(await stored(tab), /"authenticated":true,"authenticatedAt":"2/, "a hint for the page");
    assert.deepEqual(await keys(tab), [{ extractable: false, name: "AES-CTR", length: 256 }]);
    for (let i = 0; i < 2; i++) {
      await tab.reload();
      await says(tab, balance);
      await leaveANote(tab);
      await write(tab, "a note");
      await tab.getByRole("button", { name: "Leave a note" }).last().waitFor();
    }
    assert.doesNotMatch(await everythingStored(tab), /C-1001|"snapshot"/);
    assert.deepEqual((await keys(tab)).length, 1);
    assert.deepEqual(tab.errors, []);
  });

  test("is there in no version of the record, from the question on", async () => {
    const tab = await signedIn((tab) => tab.addInitScript(() => {
      globalThis.records = [];
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (name, text) {
        globalThis.records.push(text);
        return setItem.call(this, name, text);
      };
    }));
    await sealed(tab);
    const records = await tab.evaluate(() => globalThis.records);
    assert.ok(records.length > 3);
    assert.deepEqual(records.filter((record) => record.includes("C-1001")), []);
    assert.ok(records.some((record) => record.includes('"snapshot"')), "before that there is nothing to hide");
  });

  test("is gone with its key: the chat begins anew and says so", async () => {
    const tab = await signedIn();
    await sealed(tab);
    await tab.goto(`${bank.origin}/elsewhere.html`);
    await tab.evaluate(() => new Promise((resolve) => (indexedDB.deleteDatabase("latchkey").onsuccess = resolve)));
    await tab.goto(bank.origin);
    await says(tab, anew);
    assert.equal(await log(tab).getByText(balance).count(), 0);
    await signsInAgain(tab);
  });

  for (const damage of ["1:AAAA:AAAA", "x", "1:!:!"]) {
    test(`that is damaged (${damage}) is of no use: the chat begins anew and says so`, async () => {
      const tab = await signedIn();
      await sealed(tab);
      await tab.goto(`${bank.origin}/elsewhere.html`);
      await tab.evaluate((text) => {
        const key = "latchkey:test-bank";
        sessionStorage.setItem(key, sessionStorage.getItem(key).replace(/"sealed":"[^"]*"/, `"sealed":"${text}"`));
      }, damage);
      await tab.goto(bank.origin);
      await says(tab, anew);
      await signsInAgain(tab);
    });
  }

  test("of another page of the tab is read when an older one comes back", async () => {
    bank.files["/again.html"] = page(chatTag);
    const tab = await signedIn();
    await sealed(tab);
    await tab.goto(`${bank.origin}/again.html`);
    await says(tab, balance);
    await leaveANote(tab);
    await sealed(tab);
    await tab.goBack({ waitUntil: "commit" });
    await says(tab, "What shall I note?");
    await write(tab, "on the first page");
    await tab.getByRole("button", { name: "Leave a note" }).last().waitFor();
    await tab.goForward({ waitUntil: "commit" });
    await says(tab, "on the first page");
  });
});

async function signsInAgain(tab) {
  await write(tab, "C-1001");
  await says(tab, balance);
  await tab.reload();
  await says(tab, balance);
}

describe("S1: without a vault", () => {
  const reasons = {
    "WebCrypto, as on plain http": (tab) => tab.addInitScript(() => Object.defineProperty(Crypto.prototype, "subtle", { get: () => undefined })),
    "a database that may be used": (tab) => tab.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { get() { throw new DOMException("no", "SecurityError"); } })),
    "a database that answers": (tab) => tab.addInitScript(() => (IDBFactory.prototype.open = () => new EventTarget())),
    "its file": (tab) => tab.route("**/latchkey-vault.js*", (route) => route.abort()),
  };
  for (const [name, prepare] of Object.entries(reasons)) {
    test(`for want of ${name}, what is sensitive stays in memory; the rest outlives a reload`, async () => {
      const tab = await bank.visit({}, prepare);
      await openChat(tab);
      await says(tab, "What is your customer ID?");
      await tab.reload();
      await says(tab, "What is your customer ID?");
      assert.equal(await log(tab).getByText(anew).count(), 0);
      await write(tab, "C-1001");
      await says(tab, balance);
      await leaveANote(tab);
      assert.doesNotMatch(await everythingStored(tab), /C-1001|"snapshot"|"sealed"/);
      await tab.reload();
      await says(tab, anew);
      await says(tab, "What is your customer ID?");
      await panel(tab).waitFor();
    });
  }
});

describe("the vault", () => {
  /** In a page: WebCrypto, and a database, as they are. */
  async function vault(tab) {
    const { outputFiles } = await build({ ...common, entryPoints: [join(import.meta.dirname, "../../web/src/vault.ts")], format: "esm", write: false });
    bank.files["/vault.js"] = outputFiles[0].text;
    await tab.evaluate(async () => {
      const { openVault } = await import("/vault.js");
      globalThis.openVault = openVault;
      globalThis.vault = await openVault(undefined);
    });
  }

  test("gives back what it sealed, by itself and by another with the same key, and hides it", async () => {
    const tab = await bank.visit();
    await vault(tab);
    const wrong = await tab.evaluate(async () => {
      const wrong = [];
      for (const size of [0, 1, 15, 16, 17, 1000, 20_000]) {
        const text = `é😀${"secret ".repeat(size)}`.slice(0, size);
        const sealed = globalThis.vault.seal(text) ?? (await globalThis.vault.refilled, globalThis.vault.seal(text));
        const other = await globalThis.openVault(sealed);
        if (size > 8 && sealed.includes(btoa("secret"))) wrong.push(`${size} is in clear`);
        if ((await globalThis.vault.unseal(sealed)) !== text || (await other.unseal(sealed)) !== text) wrong.push(size);
      }
      return wrong;
    });
    assert.deepEqual(wrong, []);
  });

  test("has a key of its own, of however many that are made in one millisecond", async () => {
    const tab = await bank.visit();
    await vault(tab);
    const keys = await tab.evaluate(async () => {
      const now = Date.now();
      Date.now = () => now;
      const vaults = await Promise.all(Array.from({ length: 200 }, () => globalThis.openVault(undefined)));
      return vaults.map((one) => one.seal("").split(":")[0]);
    });
    assert.equal(new Set(keys).size, 200);
  });

  test("uses no part of its key stream twice, however much is sealed", async () => {
    const tab = await bank.visit();
    await vault(tab);
    const { blocks, distinct, waits } = await tab.evaluate(async () => {
      // The cipher of zeros is the key stream itself.
      const seen = [];
      let waits = 0;
      for (let i = 0; i < 400; i++) {
        const zeros = "\0".repeat(16 * (1 + (i % 60)));
        let sealed = globalThis.vault.seal(zeros);
        while (sealed === null) {
          waits++;
          await globalThis.vault.refilled;
          sealed = globalThis.vault.seal(zeros);
        }
        const stream = atob(sealed.split(":")[2]);
        for (let at = 0; at < stream.length; at += 16) seen.push(stream.slice(at, at + 16));
      }
      return { blocks: seen.length, distinct: new Set(seen).size, waits };
    });
    assert.equal(distinct, blocks);
    assert.ok(blocks > 10_000 && waits > 0, `${blocks} blocks, waited ${waits} times`);
  });

  test("forgets keys that are older than thirty days", async () => {
    const tab = await bank.visit();
    await vault(tab);
    const { old, young } = await tab.evaluate(async () => {
      const now = Date.now();
      const later = async (days) => {
        Date.now = () => now + days * 86_400_000;
        await globalThis.openVault(undefined);
      };
      const sealed = globalThis.vault.seal("text");
      const read = async () => (await globalThis.openVault(sealed)).unseal(sealed).then(() => true, () => false);
      await later(29);
      const young = await read();
      await later(31);
      return { young, old: await read() };
    });
    assert.deepEqual([young, old], [true, false]);
  });
});
