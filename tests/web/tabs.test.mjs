/** Several tabs of one browser with the same bot. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as later } from "node:timers/promises";
import { bankBot } from "./bank-bot.mjs";
import { chatTag, page, pageCache, withoutPageCache } from "./site.mjs";
import { askToEnd, field, launcher, log, openChat, panel, says, signIn, stored, useBank, write } from "./visit.mjs";

const bank = useBank(pageCache);

const balance = "Your balance is EUR 2,418.32.";
const elsewhere = "This chat has ended because you signed out in another tab.";
const anew = "The earlier chat could not be continued, so a new one begins";

async function signedIn() {
  const tab = await bank.visit();
  await signIn(tab);
  await says(tab, balance);
  return tab;
}

/** A tab that the page opens: it gets a copy of the storage, as a duplicate does. */
async function clone(tab, path = "/") {
  const [popup] = await Promise.all([tab.waitForEvent("popup"), tab.evaluate((url) => void window.open(url), path)]);
  popup.setDefaultTimeout(8000);
  return popup;
}

/** Another tab of the same browser, with a storage of its own. */
async function beside(tab) {
  const other = await tab.context().newPage();
  other.setDefaultTimeout(8000);
  await other.goto(bank.origin);
  return other;
}

async function besideSignedIn(tab) {
  const other = await beside(tab);
  await signIn(other);
  await says(other, balance);
  return other;
}

const everything = async (tab) => `${await panel(tab).textContent()} ${await log(tab).textContent()} ${await stored(tab)}`;

/** Begins anew, signed out, with nothing of what was said. */
async function hasNothing(tab) {
  await says(tab, "What is your customer ID?");
  await says(tab, anew);
  assert.doesNotMatch(await everything(tab), /2,418|[-•]1001|Signed in|"authenticated":true/);
}

const goesOn = async (tab) => {
  await tab.getByRole("button", { name: "Leave a note" }).last().click();
  await says(tab, "What shall I note?");
  await panel(tab).getByText(/^Signed in (as .* )?until/).waitFor();
};

describe("L6: a tab that another opened", () => {
  test("begins anew, signed out and with nothing of the other's conversation, which goes on", async () => {
    const tab = await signedIn();
    const copy = await clone(tab);
    await hasNothing(copy);
    await goesOn(tab);
    await write(copy, "C-1001");
    await says(copy, balance);
    await tab.reload();
    await says(tab, "What shall I note?");
    await copy.reload();
    await says(copy, balance);
    assert.equal(await log(copy).getByText("What shall I note?").count(), 0);
  });

  test("begins anew also while nobody is signed in", async () => {
    const tab = await bank.visit();
    await signIn(tab, "C-9999");
    await says(tab, "That ID was not recognised.");
    const copy = await clone(tab);
    await hasNothing(copy);
    assert.equal(await log(copy).getByText("That ID was not recognised.").count(), 0);
    await tab.getByRole("button", { name: "Try again" }).click();
  });

  test("begins anew when its chat is opened after the other tab was closed", async () => {
    const tab = await signedIn();
    await launcher(tab).click();
    const copy = await clone(tab);
    await tab.close();
    await openChat(copy);
    await hasNothing(copy);
  });

  test("begins anew though the conversation was at rest when it was copied, as soon as both tabs are there", async () => {
    const tab = await signedIn();
    await tab.goto(`${bank.origin}/elsewhere.html`);
    const copy = await clone(tab, "/elsewhere.html");
    await tab.goto(bank.origin);
    await says(tab, balance);
    await copy.goto(bank.origin);
    await hasNothing(copy);
    await goesOn(tab);
  });

  test("without the storage of the other is not disturbed, nor disturbs", async () => {
    const tab = await signedIn();
    const other = await beside(tab);
    await openChat(other);
    await says(other, "What is your customer ID?");
    assert.equal(await log(other).getByText(anew).count(), 0);
    await goesOn(tab);
  });
});

describe("L6: one tab alone", () => {
  test("goes on after a reload without waiting for an answer", async () => {
    const tab = await signedIn();
    await tab.addInitScript(() => {
      globalThis.naps = [];
      const sleep = setTimeout;
      globalThis.setTimeout = (wake, ms, ...more) => (globalThis.naps.push(ms), sleep(wake, ms, ...more));
    });
    for (let i = 0; i < 3; i++) {
      await tab.reload();
      await goesOn(tab);
      await write(tab, "a note");
      await tab.getByRole("button", { name: "Leave a note" }).last().waitFor();
      assert.ok(!(await tab.evaluate(() => globalThis.naps)).includes(200));
    }
  });

  test("goes on after a crash, unless somebody was signed in", async () => {
    // As in a crash, the chat does not hear that its page goes away.
    const crash = async (tab) => {
      await tab.evaluate(() => (globalThis.crashes = true));
      await tab.reload();
    };
    const tab = await bank.visit({}, (other) => other.addInitScript(() => {
      addEventListener("pagehide", (event) => globalThis.crashes && event.stopImmediatePropagation());
    }));
    await signIn(tab, "C-9999");
    await says(tab, "That ID was not recognised.");
    await crash(tab);
    await says(tab, "That ID was not recognised.");
    await tab.getByRole("button", { name: "Try again" }).click();
    await write(tab, "C-1001");
    await says(tab, balance);
    await crash(tab);
    await hasNothing(tab);
  });

  test("goes on from page to page, and a page that comes back out of the cache has what the later one did", async () => {
    bank.files["/second.html"] = page(chatTag);
    const tab = await signedIn();
    await tab.goto(`${bank.origin}/second.html`);
    await goesOn(tab);
    await write(tab, "from the second page");
    await says(tab, "Noted: from the second page");
    await tab.goBack({ waitUntil: "commit" });
    await says(tab, "Noted: from the second page");
    await goesOn(tab);
  });

  test("L4: that ended the chat on a later page shows nothing secured on the page that comes back", { skip: withoutPageCache }, async () => {
    bank.files["/second.html"] = page(chatTag);
    const tab = await signedIn();
    await tab.evaluate(() => {
      addEventListener("pageshow", () => {
        const chat = document.querySelector("latchkey-chat").shadowRoot.querySelector("latchkey-panel").shadowRoot;
        const read = () => chat.querySelector("latchkey-messages").shadowRoot.textContent + chat.textContent;
        globalThis.atReturn = [read()];
        requestAnimationFrame(() => globalThis.atReturn.push(read()));
      }, { capture: true });
    });
    await tab.goto(`${bank.origin}/second.html`);
    await says(tab, balance);
    await tab.getByRole("button", { name: "Goodbye" }).click();
    await says(tab, "Thank you. Goodbye!");
    await tab.goBack({ waitUntil: "commit" });
    await tab.waitForFunction(() => globalThis.atReturn?.length === 2);
    assert.doesNotMatch((await tab.evaluate(() => globalThis.atReturn)).join(), /2,418|Signed in/);
    await says(tab, "What is your customer ID?");
    await field(tab).waitFor();
  });

  test("L8: what came due meanwhile does not bring back what a later page of the tab has ended", { skip: withoutPageCache }, async () => {
    bank.files["/second.html"] = page(chatTag);
    bank.files["/bot.json"] = bankBot(bank.api.origin, { timeoutMinutes: 0.1 });
    const tab = await signedIn();
    await tab.goto(`${bank.origin}/second.html`);
    await tab.getByRole("button", { name: "Goodbye" }).click();
    await says(tab, "Thank you. Goodbye!");
    await later(6500);
    await tab.goBack({ waitUntil: "commit" });
    await says(tab, "What is your customer ID?");
    assert.equal(await log(tab).getByText(/verified|hidden|sign-in time/).count(), 0);
  });

  test("P5: keeps its page in the back/forward cache, whatever other tabs do meanwhile", { skip: withoutPageCache }, async () => {
    const tab = await signedIn();
    await tab.evaluate(() => (globalThis.isTheSame = true));
    await tab.goto(`${bank.origin}/elsewhere.html`);
    const other = await besideSignedIn(tab);
    await other.getByRole("button", { name: "Balance" }).click();
    await tab.bringToFront();
    await tab.goBack({ waitUntil: "commit" });
    assert.equal(await tab.evaluate(() => globalThis.isTheSame), true);
    await goesOn(tab);
  });
});

describe("L7: who signs out in one tab", () => {
  const endedAt = (tab) => tab.waitForFunction(() => globalThis.endedAt).then((time) => time.jsonValue());
  const endings = {
    "by the bot's button": (tab) => log(tab).getByRole("button", { name: "Sign out" }).click(),
    "by the end of the chat": (tab) => tab.getByRole("button", { name: "Goodbye" }).click(),
    "by ending the chat": async (tab) => {
      await askToEnd(tab);
      await tab.getByRole("group", { name: "End this chat?" }).getByRole("button", { name: "End chat" }).click();
    },
  };
  for (const [name, ending] of Object.entries(endings)) {
    test(`${name} is signed out in all tabs of the bot within a second, and is told why`, async () => {
      const tab = await signedIn();
      const others = [await besideSignedIn(tab), await besideSignedIn(tab)];
      for (const one of [tab, ...others]) await one.evaluate(() => addEventListener("latchkey-authentication", () => (globalThis.endedAt ??= Date.now())));
      await tab.bringToFront();
      await ending(tab);
      const end = await endedAt(tab);
      for (const other of others) {
        await panel(other).getByText(elsewhere).waitFor();
        assert.ok(await endedAt(other) - end < 1000);
        assert.doesNotMatch(await everything(other), /2,418|[-•]1001|Signed in/);
        assert.equal(await stored(other), null);
      }
      for (const other of others) {
        await other.getByRole("button", { name: "Start again" }).click();
        await write(other, "C-1001");
        await says(other, balance);
      }
    });
  }

  test("may sign in there again at once", async () => {
    const tab = await signedIn();
    const other = await besideSignedIn(tab);
    await tab.bringToFront();
    await log(tab).getByRole("button", { name: "Sign out" }).click();
    await write(tab, "C-1001");
    await panel(other).getByText(elsewhere).waitFor();
    await later(300);
    await panel(tab).getByText(/^Signed in (as .* )?until/).waitFor();
  });

  test("keeps the chats of tabs where nobody is signed in", async () => {
    const tab = await signedIn();
    const other = await beside(tab);
    await signIn(other, "C-9999");
    await says(other, "That ID was not recognised.");
    await log(tab).getByRole("button", { name: "Sign out" }).click();
    await later(300);
    await other.getByRole("button", { name: "Try again" }).click();
    await says(other, "What is your customer ID?");
  });

  test("keeps the chats with other bots", async () => {
    bank.files["/other.json"] = bankBot(bank.api.origin, { id: "other-bank" });
    const tab = await signedIn();
    bank.files["/"] = page(chatTag.replace("bot.json", "other.json"));
    const other = await besideSignedIn(tab);
    await log(tab).getByRole("button", { name: "Sign out" }).click();
    await later(300);
    await goesOn(other);
  });

  for (const [name, returns] of [["comes out of the cache", (tab) => tab.goBack({ waitUntil: "commit" })], ["is loaded again", (tab) => tab.goto(bank.origin)]]) {
    test(`is signed out on a page that was away meanwhile and ${name}`, async () => {
      const tab = await signedIn();
      await tab.goto(`${bank.origin}/elsewhere.html`);
      const other = await besideSignedIn(tab);
      await log(other).getByRole("button", { name: "Sign out" }).click();
      await later(50);
      await write(other, "C-1001");
      await tab.bringToFront();
      await returns(tab);
      await panel(tab).getByText(elsewhere).waitFor();
      assert.doesNotMatch(await everything(tab), /2,418|[-•]1001|Signed in/);
      await panel(other).getByText(/^Signed in (as .* )?until/).waitFor();
    });
  }

  test("is not signed out elsewhere when the sign-in runs out in one", async () => {
    bank.files["/bot.json"] = bankBot(bank.api.origin, { timeoutMinutes: 0.03 });
    const tab = await bank.visit();
    await signIn(tab);
    bank.files["/bot.json"] = bankBot(bank.api.origin);
    const other = await besideSignedIn(tab);
    await says(tab, "Your sign-in time is over. Sign in again to go on.");
    await later(300);
    await goesOn(other);
  });
});
