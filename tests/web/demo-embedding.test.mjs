/** The demo's pages of embedding in a real browser: theme, inline, hand-over, React. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { startCustomerApi } from "../../web/demo/customer-api.mjs";
import { contrast } from "../../web/demo/site/theme/contrast.js";
import { startDemoSite } from "../../web/demo/site.mjs";
import { isAccessible, phone } from "./assistive.mjs";
import { run } from "./cli-run.mjs";
import { launchBrowser, page, startSite, styleSheet } from "./site.mjs";
import { log, openChat, panel, says, watch, write } from "./visit.mjs";

const web = join(import.meta.dirname, "../../web");
let folder, api, site, browser, tab;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-embedding-"));
  api = await startCustomerApi({ port: 0, siteOrigin: () => site?.origin ?? "", databaseFile: join(folder, "demo.sqlite") });
  site = await startDemoSite({ port: 0, apiOrigin: api.origin, dist: join(web, "dist") });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
  await api?.close();
  await rm(folder, { recursive: true });
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

async function visit(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", ...options });
  tab = await context.newPage();
  tab.setDefaultTimeout(15_000);
  tab.errors = [];
  tab.on("pageerror", ({ message }) => tab.errors.push(message));
  await watch(tab);
  await tab.goto(new URL(path, site.origin).href);
}
const isFine = async () => assert.deepEqual([tab.errors, await tab.evaluate(() => globalThis.violations)], [[], []]);
const set = (label, value) => tab.getByLabel(label, { exact: true }).fill(value);
const snippet = () => tab.getByLabel("For your page").inputValue();
/** How an open chat looks. */
const looks = (on) => panel(on).evaluate((dialog) => {
  const { backgroundColor, color, borderRadius, width, height, fontFamily, right, bottom, colorScheme } = getComputedStyle(dialog);
  const button = dialog.getRootNode().host.getRootNode().querySelector("button");
  const { backgroundColor: fill, color: written } = getComputedStyle(button);
  return { backgroundColor, color, borderRadius, width, height, fontFamily, right, bottom, colorScheme, fill, written, label: button.innerText };
});
const greeted = () => log(tab).getByText("Riverside Library").first().waitFor();

describe("every page", () => {
  for (const path of ["/theme", "/inline", "/hand-over", "/react", "/examples"]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`axe finds nothing, nothing overflows, no policy is violated: ${path}, ${colorScheme}`, async () => {
        for (const options of [{}, { viewport: { width: 320, height: 640 } }]) {
          await visit(path, { colorScheme, ...options });
          if (path !== "/hand-over" && path !== "/examples" && path !== "/theme") await says(tab, "What can I do for you?");
          if (path === "/theme") await greeted();
          await isAccessible(tab, JSON.stringify(options));
          assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "overflows");
          await isFine();
        }
      });
    }
  }

  test("shows its sources as the files are", async () => {
    await visit("/react");
    for (const file of ["embedding/Chat.jsx", "embedding/react.jsx"]) {
      assert.equal(await tab.getByRole("region", { name: file }).textContent(), await readFile(join(web, "demo", file), "utf8"));
    }
  });

  test("is found from the bank and from the list of bots", async () => {
    await visit("/");
    await tab.getByRole("link", { name: "Theme" }).click();
    await greeted();
    await tab.getByRole("link", { name: "Bots" }).click();
    for (const name of ["Inline", "Hand-over", "React", "Theme"]) await tab.getByRole("main").getByRole("link", { name }).waitFor();
  });

  test("its bot has no problems", async () => {
    const { status, stdout } = await run(["check", join(web, "demo/embedding/mobile.json")]);
    assert.deepEqual([status, /warning|error/.test(stdout)], [0, false], stdout);
  });
});

describe("the theme", () => {
  const choices = [["Accent", "#7a1f4b"], ["On the accent", "#ffe9c7"], ["Paper", "#fff8f0"], ["Ink", "#33110a"], ["Corner radius", "4"], ["Width", "440"], ["Height", "600"], ["From the side", "40"], ["From the bottom", "32"]];

  test("each control changes the open chat at once, and reset takes all back", async () => {
    await visit("/theme");
    await greeted();
    const first = await looks(tab);
    let earlier = first;
    for (const [label, value] of choices) {
      await set(label, value);
      const now = await looks(tab);
      assert.notDeepEqual(now, earlier, label);
      earlier = now;
    }
    await tab.getByLabel("Font", { exact: true }).selectOption("Serif");
    assert.match((await looks(tab)).fontFamily, /^Georgia/);
    await tab.getByLabel("Colour scheme").selectOption("Dark");
    assert.match((await looks(tab)).fill, /^oklch\(0\.82/);
    await set("Launcher’s label", "Ask us");
    await tab.keyboard.press("Tab");
    await tab.getByText("Ask us", { exact: true }).waitFor();
    await tab.getByRole("button", { name: "Reset" }).click();
    await greeted();
    await tab.getByText("Ask us", { exact: true }).waitFor({ state: "detached" });
    assert.deepEqual(await looks(tab), first);
    assert.equal(await snippet(), '<script src="latchkey.js" data-bot="bot.json"></script>\n');
    await isFine();
  });

  test("what it takes for the defaults are the chat's", async () => {
    await visit("/theme");
    await greeted();
    const first = await looks(tab);
    await tab.evaluate(() => {
      const value = (id) => document.querySelector(`#${id}`).value;
      const pixels = { radius: "radius", width: "width", height: "height", side: "inline-offset", bottom: "block-offset" };
      for (const [id, name] of Object.entries(pixels)) document.documentElement.style.setProperty(`--latchkey-${name}`, `${value(id)}px`);
      for (const id of ["accent", "paper", "ink"]) document.documentElement.style.setProperty(`--latchkey-${id}`, value(id));
    });
    assert.deepEqual(await looks(tab), first);
  });

  test("what is copied gives the same look on another page", async () => {
    await visit("/theme", { permissions: ["clipboard-read", "clipboard-write"] });
    await greeted();
    for (const [label, value] of choices) await set(label, value);
    await tab.getByLabel("Font", { exact: true }).selectOption("Serif");
    await set("Launcher’s label", 'Ask "us"');
    await tab.getByRole("button", { name: "Copy" }).click();
    await tab.getByRole("status").getByText("Copied", { exact: true }).waitFor();
    const copied = await tab.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await snippet());
    await greeted();
    const chosen = await looks(tab);
    const other = await startSite({ "/": page(copied), "/style.css": styleSheet, "/bot.json": await readFile(join(web, "demo/bots/faq.json"), "utf8") });
    try {
      await tab.goto(other.origin);
      await tab.getByRole("button", { name: 'Ask "us"' }).click();
      await greeted();
      assert.deepEqual(await looks(tab), chosen);
    } finally {
      await other.close();
    }
  });

  test("inline stands beside the controls, and what does not matter there is gone", async () => {
    await visit("/theme");
    await greeted();
    await set("Width", "440");
    await tab.getByLabel("Layout").selectOption("Inline");
    await greeted();
    assert.equal(await tab.getByLabel("Width").isVisible(), false);
    assert.equal(await snippet(), '<latchkey-chat bot="bot.json" layout="inline"></latchkey-chat>\n<script src="latchkey.js"></script>\n');
    await isAccessible(tab, "inline");
  });

  test("says what is hard to read, and no more when it is not", async () => {
    await visit("/theme");
    await greeted();
    const warning = tab.locator("#contrast");
    assert.equal(await warning.textContent(), "");
    await set("Ink", "#999999");
    assert.equal(await warning.textContent(), "Ink on paper is hard to read: 2.8:1, below 4.5:1.");
    await set("Ink", "#222222");
    assert.equal(await warning.textContent(), "");
    await set("Accent", "#a500fa");
    assert.equal(await warning.textContent(), "", "what is written on an accent is chosen for it");
    await set("On the accent", "#000000");
    assert.match(await warning.textContent(), /^What is written on the accent is hard to read: [1-4]\.\d:1, below 4\.5:1\.$/);
  });

  test("reckons contrast as WCAG does", () => {
    assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
    assert.equal(contrast([255, 255, 255], [255, 255, 255]), 1);
    assert.ok(Math.abs(contrast([118, 118, 118], [255, 255, 255]) - 4.54) < 0.01);
  });
});

describe("inline", () => {
  const heard = (text) => tab.getByRole("log", { name: "Events" }).getByText(text).last().waitFor();
  const button = (name) => tab.getByRole("main").getByRole("button", { name, exact: true });
  const result = (text) => tab.locator("#result").getByText(text).waitFor();
  const says = (text) => panel(tab).getByText(text).last().waitFor();

  test("its buttons call the methods, and the events are listed", async () => {
    await visit("/inline");
    await says("What can I do for you?");
    await heard("latchkey-open");
    await tab.getByLabel("Plan of the customer").selectOption("Larch L");
    await button("setAttributes").click();
    await result("setAttributes: done");
    await button("send").click();
    await result("send: true");
    await heard('latchkey-event {"name":"simOrdered","data":{"plan":"Larch L"}}');
    await heard('latchkey-message {"from":"bot","text":"I have told the page."}');
    await button("transcript").click();
    await result('{"from":"user","text":"Order a SIM card"}');
    await panel(tab).getByRole("button", { name: "Sign in" }).last().click();
    await says("What is your customer ID?");
    await tab.getByLabel("Words to send").fill("C-1001");
    await button("send").click();
    await heard('latchkey-authentication {"authenticated":true');
    await button("signOut").click();
    await heard('latchkey-authentication {"authenticated":false');
    await panel(tab).getByRole("button", { name: "Speak to a person" }).last().click();
    await heard('latchkey-hand-over {"data":{"plan":"Larch L"}');
    await button("close").click();
    await heard("latchkey-close");
    await button("open").click();
    await button("reset").click();
    await result("reset: done");
    await isFine();
  });

  test("an error is listed too", async () => {
    await visit("/examples");
    await tab.route("**/mobile.json", (route) => route.fulfill({ status: 404, body: "" }));
    await tab.goto(`${site.origin}/inline`);
    await heard('latchkey-error {"code":"unavailable"');
  });
});

describe("hand-over", () => {
  for (const [name, options] of [["light", {}], ["on a phone, dark", { ...phone, colorScheme: "dark" }]]) {
    test(`a live chat goes on with data and transcript: ${name}`, async () => {
      await visit("/hand-over", options);
      assert.equal(await tab.getByRole("region", { name: "Live chat" }).count(), 0);
      await openChat(tab);
      await panel(tab).getByRole("button", { name: "Track a parcel" }).click();
      await says(tab, "What is the parcel's number? It begins with LK and is on the notice of delivery.");
      await write(tab, "LK20481735");
      await says(tab, "Is there anything else?");
      await panel(tab).getByRole("button", { name: "Menu" }).last().click();
      await panel(tab).getByRole("button", { name: "Speak to a person" }).last().click();
      const desk = tab.getByRole("region", { name: "Live chat" });
      await desk.waitFor();
      assert.match(await tab.locator("#data").innerText(), /LK20481735/);
      const before = await desk.getByRole("region", { name: "Conversation with the bot" }).innerText();
      assert.match(before, /Bot What is the parcel's number\?[^]*Visitor LK20481735[^]*Bot I am passing you on/);
      assert.equal(await tab.evaluate(() => document.activeElement?.id), "visitor-text");
      await tab.keyboard.type("Hello?");
      await tab.keyboard.press("Enter");
      await desk.getByLabel("Message to the visitor").fill("I see your parcel.");
      await desk.getByRole("button", { name: "Send to the visitor" }).click();
      for (const side of ["visitor", "agent"]) {
        assert.equal(await desk.getByRole("log", { name: `What was said, for the ${side}` }).textContent(), "Visitor Hello?Agent I see your parcel.");
      }
      await isAccessible(tab, "with the live chat");
      await isFine();
    });
  }
});

describe("React", () => {
  test("events come by properties, methods go by the ref, and what is taken away and comes back keeps its conversation", async () => {
    await visit("/react");
    await says(tab, "What can I do for you?");
    await tab.getByRole("main").getByRole("button", { name: "Order a SIM card" }).last().click();
    await panel(tab).getByText("I have told the page.").waitFor();
    await tab.getByRole("log", { name: "Messages" }).getByText("user: Order a SIM card").waitFor();
    await tab.getByRole("button", { name: "Take the chat away" }).click();
    assert.equal(await tab.locator("latchkey-chat").count(), 0);
    await tab.getByRole("button", { name: "Bring the chat back" }).click();
    await panel(tab).getByText("I have told the page.").waitFor();
    await panel(tab).getByRole("button", { name: "What is my plan?" }).last().click();
    await panel(tab).getByText("The page says that your plan is").waitFor();
    await isFine();
  });
});
