/**
 * Every fault of the table in a real browser, at the API element by which the bank signs in; and at the POST that sends
 * money, those after which it could be sent twice. The chat says something, can be used, shows nothing secured, and asks
 * for nothing twice.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { loadBot } from "../../web/dist/engine.js";
import { launchBrowser, page, startSite, styleSheet } from "../web/site.mjs";
import { field, log, openChat, panel, write } from "../web/visit.mjs";
import { apiElements, mostRequests } from "./api-elements.mjs";
import { browserFaults } from "./browser-faults.mjs";
import { findWay, SocketHost, Talk } from "./conversation.mjs";
import { faults, titleOf } from "./faults.mjs";
import { deadlineSeconds, startFaultyWorld } from "./faulty-world.mjs";

const lanes = 2;
const stuckAfter = { timeout: 30_000 };

const elements = await apiElements();
const find = async (title) => {
  const element = elements.find((one) => one.title === title);
  return { ...element, way: await findWay(element) };
};
const signIn = await find("acme-bank: GET /customers/verify");
const sendMoney = await find("acme-bank: POST /customers/me/payments/{{ payment.id }}/confirmation");
signIn.answers = /How would you like to go on\?|An agent can help you now\./;
signIn.noAnswer = "I cannot reach our customer system at the moment. It is not about your ID or passcode.";
sendMoney.noAnswer = "One moment, I am asking the bank what became of your payment.";
sendMoney.answers = /Please do not pay again before we know\.|How would you like to go on with the payment\?|Your sign-in has ended/;

let browser, site, free;
const files = { "/style.css": styleSheet };

before(async () => {
  site = await startSite(files);
  browser = await launchBrowser();
  free = await Promise.all(Array.from({ length: lanes }, () => openTab()));
});
after(async () => {
  await browser?.close();
  await site?.close();
});

async function openTab(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", ...options });
  const tab = await context.newPage();
  tab.setDefaultTimeout(8000);
  tab.seen = [];
  tab.on("pageerror", (error) => tab.seen.push({ error: error.message }));
  tab.on("request", (request) => tab.seen.push({ method: request.method(), url: request.url() }));
  return tab;
}

describe("in a browser, signing in", { concurrency: lanes }, () => {
  for (const fault of [...faults, ...browserFaults]) test(titleOf(fault), stuckAfter, () => meetInTab(fault, signIn));
});

describe("in a browser, sending money", { concurrency: lanes }, () => {
  const tempting = [...faults.filter(({ interrupted }) => interrupted), ...browserFaults];
  for (const fault of tempting) test(titleOf(fault), stuckAfter, () => meetInTab(fault, sendMoney));
});

async function meetInTab(fault, element) {
  if (fault.secure === "trusted") {
    const tab = await openTab({ ignoreHTTPSErrors: true });
    await meet(tab, fault, element);
    return tab.context().close();
  }
  const tab = free.pop();
  try {
    await meet(tab, fault, element);
  } finally {
    free.push(tab);
  }
}

async function meet(tab, fault, element) {
  const world = await startFaultyWorld(element, element.way, fault, { status: 404 });
  try {
    tab.seen.length = 0;
    await visit(tab, fault, world, await storedBefore(element, world.bot));
    await fault.prepare?.(tab);
    await act(tab, element.way.acts.at(-1));
    await fault.meanwhile?.(tab, element);
    await assertHeard(tab, element, deadlineSeconds(fault) * 1000 + 1000);
    await assertUsable(tab);
    await assertSecure(tab, element);
    if (fault.outcome === 0) assert.equal(await log(tab).getByText(element.noAnswer).count(), 1, "it was taken for an answer");
    await fault.afterwards?.(tab);
    assertRequests(tab, world, element, fault);
    assert.deepEqual(tab.seen.filter(({ error }) => error), []);
  } finally {
    await tab.context().setOffline(false);
    await world.close();
  }
}

/** What the tab holds when the visitor has come as far as the last thing that they do before the request. */
async function storedBefore(element, botText) {
  const host = new SocketHost(Date.now(), () => {});
  const talk = new Talk(await loadBot(botText), host);
  await talk.start();
  for (const step of element.way.acts.slice(0, -1)) await talk.take(step);
  talk.runtime.stop();
  // As a page leaves it behind that goes away.
  return host.stored.replace(/(?<="left":)\d+/, Date.now());
}

let visits = 0;

/** Opens a page of the site with the bot, in the middle of a conversation. */
async function visit(tab, fault, world, stored) {
  const name = `/visit-${++visits}`;
  files[`${name}.json`] = world.bot;
  files[`${name}.js`] = `sessionStorage.setItem("latchkey:acme-bank", ${JSON.stringify(stored)})`;
  const { attributes = "", headers = {} } = fault.page?.(world) ?? {};
  const body = `<script src="${name}.js"></script><script src="/latchkey.js" data-bot="${name}.json"${attributes}></script>`;
  files[`${name}.html`] = { body: page(body), headers };
  await tab.goto(`${site.origin}${name}.html`);
  await openChat(tab);
}

async function act(tab, { user, choose }) {
  if (user !== undefined) await write(tab, user);
  else await panel(tab).getByRole("button", { name: choose, exact: true }).last().click();
}

/** Something is said in time, by a timer of the page itself, so that a machine that is busy does not count. */
async function assertHeard(tab, { answers }, ms) {
  const said = log(tab).getByText(answers);
  const late = tab.evaluate((delay) => new Promise((over) => setTimeout(over, delay)), ms).then(async () => (await said.count()) === 0);
  const heard = said.last().waitFor({ timeout: 2 * ms }).then(() => false);
  assert.equal(await Promise.race([late, heard]), false, `nothing is said within ${ms} ms`);
}

/** The visitor may write or press a button of the bot, and no request is still said to be under way. */
async function assertUsable(tab) {
  await log(tab).getByRole("img", { name: "The assistant is typing" }).waitFor({ state: "hidden" });
  const buttons = log(tab).getByRole("button").or(panel(tab).getByRole("group", { name: "Suggested answers" }).getByRole("button"));
  const usable = await field(tab).isEditable() || await buttons.last().isEnabled();
  assert.ok(usable, "there is nothing to write in or to press");
}

async function assertSecure(tab, { authentication, success }) {
  assert.doesNotMatch(await log(tab).innerText(), success);
  if (authentication) assert.equal(await panel(tab).getByText(/^Signed in/).count(), 0);
}

/** The chat asks once for each answer; what arrives may be more where the browser repeats a request by itself. */
function assertRequests({ seen }, { faults, faulty, elsewhere }, { element }, { outcome, retried, browserRepeats, reaches = true }) {
  const most = outcome === 0 || retried ? mostRequests(element) : 1;
  const asked = seen.filter(({ method, url }) => method === element.method && url?.startsWith(faulty)).length;
  assert.ok(asked <= most, `the chat asked ${asked} times instead of ${most} at most`);
  const arrived = faults.count(element.method);
  const may = reaches ? most * (browserRepeats ? 2 : 1) : 0;
  assert.ok(arrived <= may, `${arrived} requests arrived instead of ${may} at most`);
  assert.deepEqual(elsewhere.requests, [], "nothing reaches the target of a redirect");
}
