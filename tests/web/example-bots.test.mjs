/** The example bots: checked, covered by their conversations, and each talked to once in a real browser with the demo's API. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { startCustomerApi } from "../../web/demo/customer-api.mjs";
import { exampleBots } from "../../web/demo/example-bots.mjs";
import { startDemoSite } from "../../web/demo/site.mjs";
import { testParcels } from "../../web/demo/test-parcels.mjs";
import { run } from "./cli-run.mjs";
import { launchBrowser } from "./site.mjs";
import { log, openChat, panel, says, write } from "./visit.mjs";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "web/demo/bots");
const dist = join(root, "web/dist");
const read = (path) => readFile(join(root, path), "utf8");
const names = exampleBots.map(({ name }) => name);
const withoutComments = (json) => JSON.parse(json, (key, value) => (key === "comment" ? undefined : value));

/** Warnings that an example has on purpose; its page, its comments and the docs say why. */
const intended = { tutorial: ["silentReauthentication"] };

describe("the example bots", () => {
  test("are all on the demo's pages and in the docs, each with its conversations", async () => {
    const files = names.flatMap((name) => [`${name}.conversations.json`, `${name}.json`]);
    assert.deepEqual((await readdir(folder)).sort(), files.sort());
    const docs = await read("docs/examples.md");
    for (const name of names) assert.ok(docs.includes(`web/demo/bots/${name}.json`), name);
  });

  test("the tutorial's is that of the docs, and comments", async () => {
    const [, example] = (await read("docs/bot-format.md")).match(/```json\n([^]*?)```/);
    assert.deepEqual(withoutComments(await read("web/demo/bots/tutorial.json")), JSON.parse(example));
  });

  for (const name of names) {
    test(`${name} has no problems but intended ones`, async () => {
      const { status, stdout } = await run(["check", join(folder, `${name}.json`)]);
      assert.equal(status, 0, stdout);
      assert.deepEqual([...stdout.matchAll(/(?:error|warning) (\w+) at/g)].map(([, code]) => code), intended[name] ?? []);
    });

    test(`${name} is covered by its conversations, to the last element`, async () => {
      const { status, stdout } = await run(["test", join(folder, `${name}.conversations.json`), "--coverage", "--coverage-threshold", "100"]);
      assert.equal(status, 0, stdout);
      assert.match(stdout, / passed, 0 failed/);
    });

    test(`${name} comes through a reload before every step`, async () => {
      const { status, stdout } = await run(["test", "--every-reload", join(folder, `${name}.conversations.json`)]);
      assert.equal(status, 0, stdout.slice(0, 2000));
    });
  }
});

describe("the example bots, in a browser", { concurrency: false }, () => {
  let browser, databases, api, site, tab;

  before(async () => {
    databases = await mkdtemp(join(tmpdir(), "latchkey-examples-"));
    browser = await launchBrowser();
    api = await startCustomerApi({ port: 0, siteOrigin: () => site?.origin ?? "", databaseFile: join(databases, "demo.sqlite") });
    site = await startDemoSite({ port: 0, apiOrigin: api.origin, dist });
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await api?.close();
    await rm(databases, { recursive: true });
  });
  beforeEach(async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    tab = await context.newPage();
    tab.setDefaultTimeout(20_000);
    tab.errors = [];
    tab.on("pageerror", (error) => tab.errors.push(error.message));
    tab.on("console", (message) => message.type() === "error" && tab.errors.push(message.text()));
  });
  afterEach(async () => {
    assert.deepEqual(tab.errors, []);
    await tab.context().close();
  });

  const visit = async (name) => {
    await tab.goto(site.origin + exampleBots.find((bot) => bot.name === name).page);
    await openChat(tab);
  };
  const press = async (label) => panel(tab).getByRole("button", { name: label, exact: true }).last().click();
  const hears = (text) => log(tab).getByText(text).last().waitFor();
  /** Waits for the question, then answers it. */
  const answers = async (question, text) => {
    await says(tab, question);
    await write(tab, text);
  };
  const chooses = async (question, label) => {
    await says(tab, question);
    await press(label);
  };
  const shows = (name) => log(tab).getByRole("img", { name, exact: true }).evaluate(async (image) => {
    await image.decode();
    return image.naturalWidth > 0;
  });

  test("the tutorial verifies a customer", async () => {
    await visit("tutorial");
    await answers("What is your customer ID?", "C-1001");
    await says(tab, "You are verified, ••••1001.");
  });

  test("the bank makes a payment", async () => {
    await visit("acme-bank");
    const [id, passcode] = exampleBots.find(({ name }) => name === "acme-bank").credentials.rows[0];
    await answers("What is your customer ID?", id);
    await answers("And your passcode?", passcode);
    await chooses("What would you like to do?", "Make a payment");
    await answers("Who would you like to pay?", "Harbour *Books*");
    await answers("What is the account number?", "20406080");
    await answers("How much, in pounds?", "12.50");
    await chooses("What should it say? Write a reference, or leave it out.", "No reference");
    await hears("to account ••••6080");
    await chooses("Shall I send it?", "Send it");
    await hears(/went to Harbour \*Books\*, once/);
    await press("Account balances");
    await hears(/Current account, ending 0217: £1,830\.00/);
  });

  test("the parcel service tracks a parcel and changes its delivery", async () => {
    const [{ number, postcode, code, mapAlt }] = testParcels;
    await visit("parcel-service");
    await chooses("What can I do for you?", "Track a parcel");
    await answers("What is the parcel's number? It begins with LK and is on the notice of delivery.", number.toLowerCase());
    assert.ok(await shows(mapAlt));
    await chooses("Is there anything else?", "Change the delivery");
    await answers("What is the postcode of the delivery address?", postcode);
    await answers("And the code of six digits from the notice of delivery?", code);
    await chooses("What would you like to change?", "The time");
    await chooses("Which time suits you?", "4 pm to 8 pm");
    await press("Yes, change it");
    await hears(/4 pm to 8 pm, to 12 Quay Street, Harbourtown, HB1 4QT\.$/);
    await chooses("Is there anything else about this delivery?", "Lock it again");
    await chooses("What can I do for you?", "Return a parcel");
    const label = log(tab).getByRole("link", { name: /Return label/ });
    const response = await fetch(new URL(await label.getAttribute("href"), site.origin));
    assert.equal(response.headers.get("content-type"), "application/pdf");
  });

  test("the workshop takes an appointment, with one answer corrected", async () => {
    await visit("appointment");
    await chooses("What can I do for you?", "Book an appointment");
    await answers("What does your bike need? Choose, or describe it in your own words.", "a new chain");
    await chooses("How many bikes will you bring?", "Two");
    await chooses("Is it your first visit?", "No");
    await chooses("When would it suit you?", "As soon as possible");
    await says(tab, "These are the next 3 free times. Which one would you like?");
    await panel(tab).getByRole("button", { name: /^(Mon|Tue|Wed|Thu|Fri|Sat) / }).nth(1).click();
    await answers("What is your name?", "Ines Ferro");
    await answers("What is your e-mail address? The confirmation goes there.", "ines@example.org");
    await answers("And your phone number, with the country code?", "+44 20 7946 0018");
    await chooses("Is there a photo of the bike online? It helps us to prepare.", "No");
    await chooses("Is everything right?", "Change something");
    await chooses("What shall I change?", "The number of bikes");
    await chooses("How many bikes will you bring?", "One");
    await hears("Bikes: 1");
    await chooses("Is everything right?", "Book it");
    await hears(/It is booked, Ines\. See you on /);
    await hears(/Its reference is/);
  });

  test("the library answers by cards, keywords and markup", async () => {
    await visit("faq");
    assert.ok(await shows("A pile of five books with a library card on top."));
    await press("Renew a loan");
    await log(tab).getByRole("link", { name: "by e-mail" }).waitFor();
    await write(tab, "When are you open?");
    await log(tab).getByRole("listitem").filter({ hasText: "Saturday: 10 am to 5 pm" }).waitFor();
    await write(tab, "events");
    assert.ok(await shows("A bear reads from a big book to two small bears."));
    await log(tab).getByRole("link", { name: "Reserve a place" }).first().waitFor();
  });
});

describe("the pages of the example bots", () => {
  let site;
  before(async () => { site = await startDemoSite({ port: 0, apiOrigin: "http://localhost:9191", dist }); });
  after(() => site.close());
  const pageAt = async (path) => (await fetch(site.origin + path)).text();

  test("lead to each other, and everything that they name is there", async () => {
    for (const path of ["/examples", ...exampleBots.map(({ page }) => page)]) {
      const response = await fetch(site.origin + path);
      assert.match(response.headers.get("content-security-policy"), /^default-src 'none'/);
      const page = await response.text();
      assert.doesNotMatch(page, /<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
      for (const [, name] of page.matchAll(/(?:src|href|data-bot)="(\/[^"]*)"/g)) {
        assert.equal((await fetch(site.origin + name)).status, 200, `${path}: ${name}`);
      }
    }
  });

  test("embed one chat each, and say what to try, with what, and where the file is", async () => {
    for (const { name, page: path, shows, credentials } of exampleBots.filter(({ page }) => page !== "/")) {
      const page = await pageAt(path);
      assert.deepEqual([...page.matchAll(/data-bot="([^"]*)"/g)].map(([, bot]) => bot), [`/bots/${name}.json`]);
      assert.ok(page.includes(`href="/bots/${name}.json"`) && page.includes(`href="/bots/${name}.conversations.json"`));
      for (const text of [...shows, ...(credentials?.rows.flat() ?? [])]) assert.ok(page.includes(text), text);
    }
  });

  test("their bots have ids of their own, and name the API's origin", async () => {
    const ids = new Set();
    for (const { name } of exampleBots) {
      const text = await pageAt(`/bots/${name}.json`);
      assert.ok(!/localhost:8081|acme\.example/.test(text), name);
      ids.add(JSON.parse(text).id);
    }
    assert.equal(ids.size, exampleBots.length);
    for (const path of ["/bots/unknown.json", "/bots/", "/bots/tutorial", "/bots/../main.mjs", "/examples/", "/examples/acme-bank"]) {
      assert.equal((await fetch(site.origin + path)).status, 404, path);
    }
  });
});
