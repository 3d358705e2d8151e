/** The rows of the table about the tab's storage, in a real browser with its real quota. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { log, panel, says, signIn, stored, useBank, write } from "../web/visit.mjs";

const bank = useBank();
const balance = "Your balance is EUR 2,418.32.";
const question = "What can I do for you?";

/** Takes the storage up to its end, but for `room` characters. */
const fill = (tab, room) => tab.evaluate((left) => {
  for (let size = 2 ** 22; size >= 1; size /= 2) {
    for (;;) {
      try {
        sessionStorage.setItem(`filler${sessionStorage.length}`, "x".repeat(size));
      } catch {
        break;
      }
    }
  }
  while (left > 0) {
    const last = `filler${sessionStorage.length - 1}`;
    left -= sessionStorage.getItem(last).length;
    sessionStorage.removeItem(last);
  }
  sessionStorage.setItem("", "x".repeat(-left));
}, room);

async function leaveNote(tab, text) {
  await panel(tab).getByRole("button", { name: "Leave a note" }).last().click();
  await says(tab, "What shall I note?");
  await write(tab, text);
  await says(tab, `Noted: ${text}`);
}

describe("in a browser", () => {
  test("sessionStorage throws: the conversation works from memory", async () => {
    const tab = await bank.visit({}, (page) => page.addInitScript(() => {
      Object.defineProperty(globalThis, "sessionStorage", { get() { throw new DOMException("no", "SecurityError"); } });
    }));
    await signIn(tab);
    await says(tab, balance);
    await leaveNote(tab, "a note");
    assert.deepEqual(tab.errors, []);
  });

  test("sessionStorage is full: the conversation works from memory, and no older one comes back", async () => {
    const tab = await bank.visit();
    await fill(tab, 0);
    await signIn(tab);
    await says(tab, balance);
    assert.equal(await stored(tab), null);
    assert.deepEqual(tab.errors, []);
  });

  test("sessionStorage is nearly full: the oldest messages go first, never the current step", async () => {
    const tab = await bank.visit();
    await fill(tab, 12_000);
    await signIn(tab);
    await says(tab, balance);
    for (const letter of "abc") await leaveNote(tab, letter.repeat(3000));
    assert.equal(await log(tab).getByText("aaa").count(), 2, "the page still shows everything");
    await tab.reload();
    await says(tab, question);
    await panel(tab).getByRole("button", { name: "Leave a note" }).last().waitFor();
    assert.equal(await log(tab).getByText("aaa").count(), 0, "the first note had no room");
    await panel(tab).getByRole("button", { name: "Balance" }).last().click();
    await says(tab, balance);
    assert.deepEqual(tab.errors, []);
  });
});
