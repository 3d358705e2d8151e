/** Runs of a conversation test in a browser: straight, and with interruptions. Each is compared with the straight one after every act. */
import assert from "node:assert/strict";
import { loadBot, restoreConversation } from "../../web/dist/engine.js";

/** The notice above a chat that begins in place of one that could not be continued. */
const isRestart = ({ notice }) => notice === "restarted";
const restartText = "The earlier chat could not be continued, so a new one begins";

const isUnsafe = (asked) => /^(POST|PATCH) /.test(asked ?? "");

/** Replies are for one lane's servers; what is compared has no addresses. */
const originsOf = (stage) => [[stage.origin, "site:"], [stage.api.origin, "api:"]];
const plain = (stage, value) => originsOf(stage).reduce((text, [origin, name]) => text.replaceAll(origin, name), JSON.stringify(value));

const bots = new Map();
async function botOf(stage) {
  const text = stage.files["/bot.json"];
  if (!bots.has(text)) bots.set(text, loadBot(text));
  return bots.get(text);
}

/** The real values of all attributes in what is stored, but for the conversation's id in them; null when nothing is stored. */
async function attributesOf(tab, stage) {
  const snapshot = await tab.do("snapshot", keyOf(stage));
  if (snapshot === null) return null;
  const restored = restoreConversation(await botOf(stage), snapshot, { now: stage.now });
  assert.ok(restored.conversation, `what is stored is of no use: ${JSON.stringify(restored)}`);
  const attributes = restored.conversation.attributes(stage.now);
  const values = Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value]));
  return JSON.parse(JSON.stringify(values).replaceAll(values.conversationId, "the conversation's id"));
}

const keyOf = ({ conversation }) => `latchkey:${conversation.botId}`;

async function perform(tab, stage, act) {
  if (act.reload) return tab.reload();
  if (act.wait === undefined) {
    await tab.do("act", act);
    return tab.do("settle");
  }
  await tab.do("pass", act.wait);
  stage.now += act.wait;
}

/**
 * The run that nothing interrupts. `states[i]`: the page, as JSON text, and the requests when act i is over; `attributes` at
 * the end; `secrets`: what must not be stored in clear. It ends with the chat, of which nothing is kept.
 * `until`: the last act; `failing`: the request that gets no answer.
 */
export async function straight(tab, stage, conversation, { start, until = Infinity, failing } = {}) {
  const replies = conversation.replies.map((reply, i) => (i === failing ? { ...reply, reply: { failed: "network" } } : reply));
  stage.begin({ ...conversation, replies }, start);
  await tab.begin();
  const states = [];
  const secrets = new Set();
  const written = [];
  let attributes;
  for (const [i, act] of conversation.acts.entries()) {
    if (i > until) break;
    if (i > 0) await perform(tab, stage, act);
    const view = await tab.do("restingView");
    states.push({ text: plain(stage, view), asked: [...stage.api.asked], authenticated: view.authenticated, finished: view.finished });
    if (view.finished) break;
    attributes = await attributesOf(tab, stage);
    for (const name of conversation.secretNames) secretsIn(attributes[name], secrets);
    written.push(await tab.do("written"));
  }
  for (const told of await tab.evaluate("kill.told")) secrets.add(told);
  if (failing === undefined) assertSaid(conversation, states, await tab.do("view"));
  assert.deepEqual(await tab.evaluate("kill.errors"), []);
  if (states.at(-1).finished) attributes = null;
  const everythingShown = states.map(({ text }) => text).join();
  const run = {
    states, attributes: plain(stage, attributes), failing,
    // A code of zeros is found in any large number.
    secrets: [...secrets].filter((secret) => !/^0*\d$/.test(secret) && secret.length > 3 && !everythingShown.includes(JSON.stringify(secret).slice(1, -1))),
  };
  for (const text of written) assertNoSecret(run, text);
  return run;
}

function secretsIn(value, into) {
  if (typeof value === "string") into.add(value);
  else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) secretsIn(inner, into);
}

/** The straight run is that of the conversation test: the bot's texts come in its order. */
function assertSaid({ acts, replies }, states, { entries, finished }) {
  const texts = acts.slice(0, states.length).flatMap((act) => act.texts).filter((text) => typeof text === "string");
  const said = entries.filter(({ from }) => from === "bot").map(({ message }) => message.text);
  // A chat that ended has what was secured removed; what was wiped is gone too.
  if (finished || said.length < texts.length) {
    const known = acts.flatMap((act) => act.texts);
    return assert.ok(said.every((text) => text === undefined || known.some((one) => typeof one !== "string" || one === text)), "it says something else");
  }
  let at = 0;
  for (const text of texts) {
    at = said.indexOf(text, at) + 1;
    assert.ok(at > 0, `the bot does not say ${JSON.stringify(text)}`);
  }
}

function assertNoSecret({ secrets }, record) {
  // In random letters and digits anything short is found sometimes.
  const stored = record.replaceAll(/[\d.]+:[\w+/=]+:[\w+/=]+/g, "").replaceAll(/"id":"\w+"/g, "");
  for (const secret of secrets) {
    const found = stored.indexOf(JSON.stringify(secret).slice(1, -1));
    assert.equal(found, -1, `stored in clear: ${stored.slice(Math.max(0, found - 60), found + 60)}`);
  }
}

/** What is expected, and what it is called. One without a text is anything that the visitor can answer. */
async function expectOne(tab, stage, run, candidates) {
  const came = await tab.do("viewOf", candidates.map(({ text }) => text ?? ""), originsOf(stage));
  assertNoSecret(run, await tab.do("written"));
  assert.deepEqual(await tab.evaluate("kill.errors"), []);
  const found = candidates.find(({ text }) => text === came) ?? candidates.find(({ text }) => text === undefined && JSON.parse(came).ask);
  if (found) return found;
  const [wanted] = candidates;
  throw new Error(`it shows something else than ${wanted.name ?? "before"}\n${difference(JSON.parse(came), JSON.parse(wanted.text)).join("\n")}\n${stage.api.asked} ${stage.api.wrong}`);
}

/** Where two views differ: at the first place in each list. */
function difference(came, wanted, path = "") {
  if (JSON.stringify(came) === JSON.stringify(wanted)) return [];
  const isObject = [came, wanted].every((one) => typeof one === "object" && one !== null);
  if (!isObject) return [`  ${path}: ${JSON.stringify(came)} instead of ${JSON.stringify(wanted)}`];
  const all = [...new Set([...Object.keys(came), ...Object.keys(wanted)])].flatMap((key) => difference(came[key], wanted[key], `${path}/${key}`));
  return Array.isArray(wanted) ? all.slice(0, 1) : all;
}

const named = (name, state) => ({ ...state, name });

/** Shows the beginning alone, says why, and nobody is signed in. `beginning`: the same of a chat that begins at this time. */
async function expectAnew(tab, run, beginning) {
  const view = await tab.do("restingView");
  assertNoSecret(run, await tab.do("written"));
  const { entries: [notice, ...entries], texts, authenticated, subject } = view;
  assert.ok(isRestart(notice ?? {}), "it does not say that it begins anew");
  assert.ok(texts.includes(restartText), "the page does not say that it begins anew");
  assert.deepEqual(entries, JSON.parse(beginning).entries);
  assert.deepEqual([authenticated, subject], [false, null]);
}

/** Without the notice, which stands at the top until the chat ends. */
function withoutNotice(view) {
  const text = view.texts.indexOf(restartText);
  return { ...view, texts: view.texts.filter((_, i) => i !== text), entries: view.entries.filter((entry) => !isRestart(entry)) };
}

/** Counts of what a run did. */
export const figures = { interruptions: 0, anew: 0, before: 0, after: 0, unanswered: 0 };

/** Names the place of what goes wrong. */
async function at(act, how, check) {
  try {
    return await check();
  } catch (error) {
    const what = JSON.stringify(act.user ?? act.choose ?? act.wait ?? "the beginning");
    throw new Error(`${how}, at step ${act.step} (${what}): ${error.message}`, { cause: error });
  }
}

const ways = {
  reload: (tab) => tab.reload(),
  crash: (tab) => tab.crash(),
  cache: (tab, random) => tab.throughCache(random() < 0.5 ? "/away.html" : "/second.html"),
};

/** Interrupted before every act and at the end, while nothing is under way: nothing differs. */
export async function interrupted(tab, stage, conversation, run, random, how) {
  const { acts } = conversation;
  stage.begin(conversation);
  await tab.begin();
  for (let i = 1; ; i++) {
    const before = run.states[i - 1];
    if (before.finished) break;
    if (how === "crash" && before.authenticated) return beginsAnew(tab, stage, conversation, run, i, random);
    await at(acts[i] ?? acts[i - 1], how, async () => {
      await interrupt(tab, stage, run, how, random);
      await expectOne(tab, stage, run, [before]);
      assert.deepEqual(stage.api.asked, before.asked);
    });
    if (i === run.states.length) break;
    await at(acts[i], `after ${how}`, () => goOn(tab, stage, run, acts, i));
  }
  await expectEnd(tab, stage, run);
}

async function interrupt(tab, stage, run, how, random) {
  await tab.do("stored", keyOf(stage));
  assertNoSecret(run, await tab.do("written"));
  figures.interruptions++;
  await ways[how](tab, random);
}

async function goOn(tab, stage, run, acts, i) {
  await perform(tab, stage, acts[i]);
  await expectOne(tab, stage, run, [run.states[i]]);
  assert.deepEqual(stage.api.asked, run.states[i].asked);
}

async function expectEnd(tab, stage, run) {
  assert.deepEqual(stage.api.wrong, []);
  if (run.states.at(-1).finished) return;
  assert.deepEqual(JSON.parse(plain(stage, await attributesOf(tab, stage))), JSON.parse(run.attributes));
}

/** Somebody is signed in before act `first`: some acts later the renderer is killed, and everything is done again. */
async function beginsAnew(tab, stage, conversation, run, first, random) {
  const { acts } = conversation;
  const candidates = run.states.flatMap(({ authenticated, finished }, i) => (i + 1 >= first && authenticated && !finished ? [i + 1] : []));
  const end = candidates[Math.floor(random() * candidates.length)];
  for (let i = first; i < end; i++) await at(acts[i], "on the way", () => goOn(tab, stage, run, acts, i));
  const { now } = stage;
  await at(acts[end] ?? acts[end - 1], "crash, signed in", async () => {
    await interrupt(tab, stage, run, "crash");
    figures.anew++;
    await expectAnew(tab, run, shifted(run.states[0].text, conversation.now, now));
  });
  // A straight run that begins as late is what the new chat has to be like.
  stage.api.begin(conversation);
  const views = [];
  for (const [i, act] of acts.entries()) {
    if (i >= run.states.length) break;
    if (i > 0) await perform(tab, stage, act);
    views.push(withoutNotice(await tab.do("restingView")));
  }
  const asked = [...stage.api.asked];
  const attributes = run.states.at(-1).finished ? null : await attributesOf(tab, stage);
  const redone = { attributes: plain(stage, attributes), views: views.map((view) => plain(stage, view)) };
  const again = await straight(tab, stage, conversation, { start: now });
  for (const [i, { text }] of again.states.entries()) {
    await at(acts[i], "done again", () => assert.deepEqual(JSON.parse(redone.views[i]), JSON.parse(text)));
  }
  assert.deepEqual(asked, again.states.at(-1).asked);
  assert.deepEqual(JSON.parse(redone.attributes), JSON.parse(again.attributes));
}

const shifted = (text, from, to) => text.replaceAll(String(from), String(to));

/** What comes of every act that leads to a request that may not be repeated, when the first such request gets no answer. */
async function unansweredStates(tab, stage, conversation, run) {
  const states = new Map();
  for (let i = 1; i < run.states.length; i++) {
    const failing = run.states[i].asked.findIndex((asked, at) => at >= run.states[i - 1].asked.length && isUnsafe(asked));
    if (failing < 0) continue;
    const [state] = (await straight(tab, stage, conversation, { until: i, failing })).states.slice(i);
    // Where it would be tried again later, it is not said yet.
    states.set(i, named("unanswered", JSON.parse(state.text).typing ? { asked: state.asked } : state));
  }
  return states;
}

/**
 * Interrupted in the moment in which something is sent: in the same task by a reload, or by a kill that races with it.
 * What comes is the state before or the one after, never a mix, and no request is sent twice that may not be.
 */
export async function atOnce(tab, stage, conversation, run, random, how) {
  const { acts } = conversation;
  const unanswered = await unansweredStates(tab, stage, conversation, run);
  stage.begin(conversation);
  await tab.begin();
  for (let i = 1; i < run.states.length; i++) {
    const act = acts[i];
    if (act.user === undefined && act.choose === undefined) {
      await at(act, `between ${how}s`, () => goOn(tab, stage, run, acts, i));
      continue;
    }
    const found = await at(act, `${how} at once`, async () => {
      await tab.do("stored", keyOf(stage));
      return meetAtOnce(tab, stage, conversation, run, i, how, unanswered.get(i));
    });
    if (!["before", "after"].includes(found) || run.states[i].finished) return;
  }
  await expectEnd(tab, stage, run);
}

/** The same while the vault is still being loaded, at one act: what cannot be sealed yet may be lost, and then the chat says so. */
export async function vaultless(tab, stage, conversation, run, random, how) {
  const { acts } = conversation;
  const sent = run.states.flatMap((_, i) => (acts[i].user ?? acts[i].choose) === undefined ? [] : [i]);
  const chosen = sent[Math.floor(random() * sent.length)];
  if (chosen === undefined) return;
  const unanswered = await unansweredStates(tab, stage, conversation, run);
  const { promise, resolve } = Promise.withResolvers();
  stage.files["/latchkey-vault.js"] = () => promise;
  try {
    stage.begin(conversation);
    await tab.begin();
    for (let i = 1; i < chosen; i++) await at(acts[i], "without a vault", () => goOn(tab, stage, run, acts, i));
    setTimeout(resolve, 300);
    await at(acts[chosen], `${how} without a vault`, () => meetAtOnce(tab, stage, conversation, run, chosen, how, unanswered.get(chosen), true));
  } finally {
    resolve();
    delete stage.files["/latchkey-vault.js"];
  }
}

/** Which state it comes to: before, after, unanswered, anew. */
async function meetAtOnce(tab, stage, conversation, run, i, how, unanswered, vaultless = false) {
  const { acts } = conversation;
  const [before, after] = [run.states[i - 1], run.states[i]];
  const wasSealed = await tab.evaluate(`sessionStorage.getItem(${JSON.stringify(keyOf(stage))}).includes('"sealed":"')`);
  assertNoSecret(run, await tab.do("written"));
  stage.api.expectAgain();
  figures.interruptions++;
  await (how === "crash" ? tab.crash(acts[i]) : tab.actAndReload(acts[i]));
  const beginning = shifted(run.states[0].text, conversation.now, stage.now);
  // What a chat that ended leaves is nothing: another begins.
  const candidates = [...(after.finished ? [] : [named("after", after)]), named("before", before), ...(unanswered ? [unanswered] : [])];
  let name;
  if (after.finished && (await tab.evaluate("kill.view().entries.length")) <= JSON.parse(beginning).entries.length) {
    const { entries, authenticated } = await tab.do("restingView");
    assert.deepEqual([entries, authenticated], [JSON.parse(beginning).entries, false]);
    name = "after";
  } else if (await tab.evaluate("kill.view().entries[0]?.notice === 'restarted'")) {
    const isOwnersRisk = how === "crash" && (before.authenticated || after.authenticated);
    if (!isOwnersRisk && !vaultless && wasSealed) throw new Error("the chat begins anew");
    await expectAnew(tab, run, beginning);
    name = "anew";
  } else ({ name } = await expectOne(tab, stage, run, candidates));
  figures[name]++;
  stage.api.settle();
  const { asked } = stage.api;
  assert.ok(asked.filter(isUnsafe).length <= after.asked.filter(isUnsafe).length, "what may not be repeated was sent again");
  if (name === "before") {
    assert.deepEqual(asked, before.asked, "the chat does not know of what it sent");
    if (!after.finished && !vaultless) await goOn(tab, stage, run, acts, i);
  }
  // What was asked for again is no difference from here on.
  if (name === "after") asked.splice(0, Infinity, ...after.asked);
  return name;
}

/** Interrupted while a request is under way: it is made again, unless that may do harm. Then the bot answers that no answer came. */
export async function underWay(tab, stage, conversation, run, random) {
  const { acts } = conversation;
  const unanswered = await unansweredStates(tab, stage, conversation, run);
  stage.begin(conversation);
  await tab.begin();
  for (let i = 1; i < run.states.length; i++) {
    const [before, after] = [run.states[i - 1], run.states[i]];
    const request = after.asked[before.asked.length];
    if (!request || acts[i].reload || (acts[i].wait ?? 0) > 2000) {
      await at(acts[i], "between requests", () => goOn(tab, stage, run, acts, i));
      continue;
    }
    const how = before.authenticated || random() < 0.5 ? "reload" : "crash";
    const lost = isUnsafe(request) ? unanswered.get(i) : undefined;
    await at(acts[i], `${how} under way`, async () => {
      const { asked, release } = stage.api.hold();
      stage.api.expectAgain();
      if (acts[i].wait !== undefined) {
        // It ends with its page.
        tab.do("pass", acts[i].wait).catch(() => {});
        stage.now += acts[i].wait;
      } else await tab.do("act", acts[i]);
      await asked;
      await interrupt(tab, stage, run, how);
      release();
      await expectOne(tab, stage, run, [lost ?? after]);
      stage.api.settle();
      assert.deepEqual(stage.api.asked, lost?.asked ?? [...before.asked, request, ...after.asked.slice(before.asked.length)]);
      stage.api.asked.splice(0, Infinity, ...after.asked);
    });
    if (lost) return void figures.unanswered++;
    if (after.finished) return;
  }
  await expectEnd(tab, stage, run);
}
