/** What a wrong clock, a sleeping computer and a timer that is late do to a sign-in, on a page in a real browser. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { log, panel, says, signIn, stored, useBank } from "./visit.mjs";

const bank = useBank();
const minute = 60_000;
const timeout = 30 * minute;
const balance = "Your balance is EUR 2,418.32.";
const over = "Your sign-in time is over. Sign in again to go on.";

/** The wall clock can be set by `setClock`; the monotonic one, and timers, go on. */
const settable = (tab) => tab.addInitScript(() => {
  const { now } = Date;
  let ahead = Number(sessionStorage.getItem("ahead") ?? 0);
  Date.now = () => now() + ahead;
  globalThis.setClock = (ms) => sessionStorage.setItem("ahead", (ahead = ms));
});

const setClock = (tab, ms) => tab.evaluate((ahead) => globalThis.setClock(ahead), ms);
/** The visitor looks at the page again. */
const look = (tab, event = "focus") => tab.evaluate((name) => (name === "focus" ? window : document).dispatchEvent(new Event(name)), event);
const standing = (tab) => panel(tab).getByText(/^Signed in/);

async function signedIn(prepare = settable) {
  const tab = await bank.visit({}, prepare);
  await signIn(tab);
  await says(tab, balance);
  await standing(tab).waitFor();
  return tab;
}

async function isOver(tab) {
  await says(tab, over);
  assert.equal(await standing(tab).count(), 0);
  assert.equal(await log(tab).getByText(balance).count(), 0);
}

/** Still signed in, for the engine too: the secured dialog answers. */
async function isSignedIn(tab) {
  assert.equal(await standing(tab).count(), 1);
  const { length } = bank.api.calls;
  await tab.getByRole("button", { name: "Balance" }).last().click();
  await log(tab).getByText(balance).nth(1).waitFor();
  assert.ok(bank.api.calls.slice(length).every(({ path }) => path.startsWith("/account")), "nobody had to sign in again");
}

describe("L1: the end of the sign-in", () => {
  test("is exact: a millisecond before nothing has changed, and then it is over", async () => {
    const tab = await signedIn((tab) => tab.clock.install({ time: new Date("2026-03-03T12:00:00") }));
    const since = Date.parse(JSON.parse(await stored(tab)).authenticatedAt);
    await tab.clock.pauseAt(since + timeout - 1);
    await look(tab);
    await panel(tab).getByText(/^Your sign-in ends/).first().waitFor();
    assert.equal(await log(tab).getByText(over).count(), 0);
    await tab.clock.runFor(1);
    await look(tab);
    await isOver(tab);
  });
});

describe("L2: the clock", () => {
  test("that is set back by a minute changes nothing", async () => {
    const tab = await signedIn();
    await setClock(tab, -minute);
    await look(tab);
    await isSignedIn(tab);
  });

  for (const [name, ahead] of [["back by three minutes", -3 * minute], ["forward over the end", timeout + 1], ["forward by a year", 365 * 24 * 60 * minute]]) {
    test(`that is set ${name} ends the sign-in as soon as the page is looked at`, async () => {
      const tab = await signedIn();
      await setClock(tab, ahead);
      await look(tab);
      await isOver(tab);
    });

    test(`that is set ${name} opens nothing: the customer API is asked first who that is`, async () => {
      const tab = await signedIn();
      await setClock(tab, ahead);
      bank.api.calls.length = 0;
      bank.answer = () => ({ status: 401 });
      await tab.getByRole("button", { name: "Balance" }).last().click();
      await says(tab, "That ID was not recognised.");
      assert.deepEqual(bank.api.calls.map(({ path }) => path), ["/verify"]);
      assert.equal(await log(tab).getByText(balance).count(), 0);
    });

    test(`that is set ${name} ends the sign-in over a reload`, async () => {
      const tab = await signedIn();
      await setClock(tab, ahead);
      await tab.reload();
      await isOver(tab);
    });
  }

  test("that was set back and forth does not bring it back", async () => {
    const tab = await signedIn();
    await setClock(tab, -3 * minute);
    await look(tab);
    await isOver(tab);
    await setClock(tab, 0);
    await look(tab);
    await tab.reload();
    await isOver(tab);
  });
});

describe("L3: a computer that slept", () => {
  for (const event of ["focus", "visibilitychange"]) {
    test(`over the end, with all timers stopped, ends the sign-in on ${event}`, async () => {
      const tab = await signedIn(async (tab) => {
        await settable(tab);
        await tab.addInitScript(() => (globalThis.setTimeout = new Proxy(setTimeout, { apply: (sleep, self, [wake, ms, ...more]) => (ms > 5000 ? 0 : sleep.call(self, wake, ms, ...more)) })));
      });
      await setClock(tab, timeout);
      await look(tab, event);
      await isOver(tab);
    });
  }

  test("and not over the end goes on", async () => {
    const tab = await signedIn();
    await setClock(tab, timeout - 5 * minute);
    await look(tab);
    await isSignedIn(tab);
  });
});

test("L5: a sign-in without an end goes on after any time, and ends with the tab", async () => {
  const bot = JSON.parse(bank.files["/bot.json"]);
  const text = JSON.stringify(bot).replace(/"timeoutMinutes":30/, '"never":true');
  assert.notEqual(text, JSON.stringify(bot));
  bank.files["/bot.json"] = text;
  const tab = await signedIn();
  await setClock(tab, 365 * 24 * 60 * minute);
  await look(tab);
  await isSignedIn(tab);
  const other = await tab.context().newPage();
  await tab.close();
  await other.goto(bank.origin);
  await other.getByRole("button", { name: "Open chat" }).click();
  await says(other, "What is your customer ID?");
  assert.equal(await log(other).getByText(balance).count(), 0);
});
