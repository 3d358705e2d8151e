/** The tutorial in a real browser, on the demo's parts: its site, its customer API on another origin, its database. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { startCustomerApi } from "../../web/demo/customer-api.mjs";
import { startDemoSite } from "../../web/demo/site.mjs";
import { testCustomers } from "../../web/demo/test-customers.mjs";
import { launchBrowser } from "./site.mjs";
import { field, log, openChat, panel, says, sealed, write } from "./visit.mjs";

const [ada, bram] = testCustomers;
const adasBalance = /Current account, ending 0217: £1,842\.50/;
const dist = join(import.meta.dirname, "../../web/dist");

describe("the tutorial, on the demo bank", { concurrency: false }, () => {
  let browser, folder, api, site, tab, databases = 0;

  const startApi = async (port = 0) => {
    api = await startCustomerApi({ port, siteOrigin: () => site?.origin ?? "", databaseFile: join(folder, `bank-${databases}.sqlite`) });
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "latchkey-tutorial-"));
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    databases++;
    await startApi();
    site = await startDemoSite({ port: 0, apiOrigin: api.origin, dist });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    tab = await context.newPage();
    tab.setDefaultTimeout(20_000);
    tab.errors = [];
    tab.on("pageerror", (error) => tab.errors.push(error.message));
    await tab.exposeFunction("violated", (directive) => tab.errors.push(`violates ${directive}`));
    await tab.addInitScript(() => addEventListener("securitypolicyviolation", (event) => window.violated(event.violatedDirective)));
    await tab.goto(site.origin);
  });
  afterEach(async () => {
    assert.deepEqual(tab.errors, []);
    await tab.context().close();
    await site.close();
    await api.close();
  });

  const says_ = (text) => log(tab).getByText(text).last().waitFor();
  const count = (text) => log(tab).getByText(text).count();
  // The header has an "End chat" too: the bot's buttons come after it.
  const press = async (label) => {
    await log(tab).getByText(/How would you like to go on\?|What would you like to do\?|Is there anything else\?/).last().waitFor();
    await panel(tab).getByRole("button", { name: label, exact: true }).last().click();
  };
  const letPass = (minutes) => tab.getByRole("button", { name: `+${minutes} min` }).click();
  const stored = () => tab.evaluate(() => JSON.parse(sessionStorage.getItem("latchkey:acme-bank")));

  /** Waits until the text is the last thing that the bot said, not only somewhere above. */
  const asks = async (text) => {
    await tab.waitForFunction(async (wanted) => (await document.querySelector("latchkey-chat").transcript()).at(-1)?.text === wanted, text);
    await says(tab, text);
  };
  const saidTimes = (text, times) => tab.waitForFunction(async ([part, n]) =>
    (await document.querySelector("latchkey-chat").transcript()).filter((line) => line.text.includes(part)).length === n, [text, times]);
  async function giveCredentials({ id, passcode }) {
    await asks("What is your customer ID?");
    await write(tab, id);
    await asks("And your passcode?");
    await write(tab, passcode);
  }
  async function signIn(customer = ada) {
    await openChat(tab);
    await giveCredentials(customer);
    await says(tab, "What would you like to do?");
  }

  test("signs in, and the API's own data is shown", async () => {
    await signIn();
    await says_(adasBalance);
    const { authenticated, authenticatedAt, authenticationExpiresAt } = await stored();
    assert.equal(authenticated, true);
    assert.equal(Date.parse(authenticationExpiresAt) - Date.parse(authenticatedAt), 5 * 60_000);
  });

  test("a passcode and an ID are typed into masked fields and shown masked", async () => {
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    assert.equal(await field(tab).getAttribute("type"), "password");
    await giveCredentials(ada);
    await says(tab, "What would you like to do?");
    const text = await log(tab).innerText();
    assert.ok(text.includes("••••8256"));
    assert.ok(!text.includes(ada.id) && !text.includes(ada.passcode));
  });

  test("a wrong passcode leads to Try again, and then in", async () => {
    await openChat(tab);
    await giveCredentials({ ...ada, passcode: "wrong" });
    await says(tab, "How would you like to go on?");
    assert.equal((await stored()).authenticated, false);
    await press("Try again");
    await giveCredentials(ada);
    await says_(adasBalance);
  });

  test("who cannot sign in speaks to an agent", async () => {
    await openChat(tab);
    await giveCredentials({ ...ada, passcode: "wrong" });
    await press("Speak to an agent");
    await says_("I am passing you on to a colleague.");
    await panel(tab).getByText("A person will take it from here.").waitFor();
    const taken = await tab.locator("#hand-over pre").textContent();
    assert.match(taken, /I am passing you on to a colleague/);
    assert.ok(!taken.includes(ada.id) && !taken.includes("wrong"));
  });

  test("or ends the chat, and what was entered is gone", async () => {
    await openChat(tab);
    await giveCredentials({ ...ada, passcode: "wrong" });
    await press("End chat");
    await says_("What you entered here is forgotten.");
    assert.equal(await stored(), null);
  });

  test("a second secured dialog does not ask again", async () => {
    await signIn();
    await press("Recent transactions");
    await says_("Your latest transactions:");
    assert.equal(await count("What is your customer ID?"), 1);
  });

  test("when the time is over the user signs in again and goes on where it was", async () => {
    await signIn();
    await letPass(4);
    assert.equal((await stored()).authenticated, true);
    await letPass(1);
    await tab.waitForFunction(() => !JSON.parse(sessionStorage.getItem("latchkey:acme-bank")).authenticated);
    await press("Recent transactions");
    await says_("Your sign-in has ended");
    await giveCredentials(ada);
    await says_("Your latest transactions:");
    assert.equal(await count(adasBalance), 1, "what was said before is still there, and not said again");
  });

  test("another customer sees nothing of the one before", async () => {
    await signIn();
    await letPass(5);
    await press("Account balances");
    await giveCredentials(bram);
    await asks("What would you like to do?");
    assert.equal(await count(adasBalance), 0);
    assert.equal(await count(/Ada Quill/), 0);
  });

  test("signing out ends the bank's token too", async () => {
    await signIn();
    const ended = tab.waitForResponse((response) => response.request().method() === "DELETE" && response.url().endsWith("/customers/me/session"));
    await press("Sign out");
    assert.equal((await ended).status(), 204);
    await says_("You are signed out.");
    assert.equal((await stored()).authenticated, false);
    await press("Sign in");
    await asks("What is your customer ID?");
  });

  test("the page is reloaded at every step", async () => {
    const reload = async () => {
      await log(tab).locator("time").first().waitFor();
      await sealed(tab);
      const before = await log(tab).innerText();
      await tab.reload();
      await panel(tab).waitFor();
      await log(tab).getByText("Welcome to Acme Bank.").waitFor();
      assert.equal(await log(tab).innerText(), before);
    };
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    await reload();
    await write(tab, ada.id);
    await says(tab, "And your passcode?");
    await reload();
    await write(tab, ada.passcode);
    await says(tab, "What would you like to do?");
    await reload();
    assert.equal((await stored()).authenticated, true);
    await press("Recent transactions");
    await says_("Your latest transactions:");
    await says(tab, "What would you like to do?");
    await reload();
    await press("Sign out");
    await says(tab, "Is there anything else?");
    await reload();
  });

  test("an API that is down is told from a wrong passcode, and tried again", async () => {
    await openChat(tab);
    await says(tab, "What is your customer ID?");
    await tab.route(`${api.origin}/**`, (route) => route.abort());
    await giveCredentials(ada);
    await says_("I cannot reach our customer system at the moment.");
    await tab.unroute(`${api.origin}/**`);
    await press("Try again");
    await says_(adasBalance);
  });

  test("the bot's own limit on attempts holds across a reload", async () => {
    await openChat(tab);
    for (let attempt = 1; attempt <= 5; attempt++) {
      await giveCredentials({ id: `1111111${attempt}`, passcode: "wrong" });
      await saidTimes("How would you like to go on?", attempt);
      await press("Try again");
    }
    await says_("signing in is locked for up to 15 minutes");
    await tab.reload();
    await asks("An agent can help you now. Or write to me again when the time is over.");
    await write(tab, "my balance");
    await saidTimes("locked for up to", 2);
  });
});
