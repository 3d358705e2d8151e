// The demo's database file.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { DatabaseRefused, openDatabase } from "../../web/demo/database.mjs";
import { testCustomers } from "../../web/demo/test-customers.mjs";
import { folder, newFile } from "./demo-harness.mjs";

describe("the database", () => {
  test("is created with its folders, and opening it again adds nothing", () => {
    const file = join(folder, "deep", "er", "bank.sqlite");
    const counts = () => {
      const database = openDatabase(file, Date.now());
      const row = database.prepare(`SELECT (SELECT count(*) FROM customers) AS customers,
        (SELECT count(*) FROM accounts) AS accounts, (SELECT count(*) FROM transactions) AS transactions`).get();
      database.close();
      return { ...row };
    };
    const first = counts();
    assert.equal(first.customers, testCustomers.length);
    assert.deepEqual(counts(), first);
  });

  test("a file that is something else is refused with what to do, and stays as it is", async () => {
    const file = fileURLToPath(import.meta.url);
    const text = await readFile(file, "utf8");
    assert.throws(() => openDatabase(file, 0), (error) => error instanceof DatabaseRefused && /delete it/.test(error.message));
    assert.equal(await readFile(file, "utf8"), text);
  });

  test("a file of another version is refused", () => {
    const file = newFile();
    const database = openDatabase(file, 0);
    database.exec("PRAGMA user_version = 99");
    database.close();
    assert.throws(() => openDatabase(file, 0), /another version/);
  });
});
