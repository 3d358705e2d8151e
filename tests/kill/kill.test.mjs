/**
 * The example bots' conversations in a real browser, with the page reloaded, its renderer killed, and the page sent through
 * the back/forward cache: before every act of the visitor, in the moment in which something is sent, while a request is under
 * way, and while the vault is being loaded. What the page shows, the attributes and the requests are those of a run that nothing
 * interrupts. After a kill of a page where somebody is signed in a new chat begins that says so (docs/security.md).
 *
 * `LATCHKEY_EFFORT` does so many times as many conversations; with 40 each of them is done in every way. `LATCHKEY_SEED` chooses.
 */
import { after, before, describe, test } from "node:test";
import { launchBrowser, pageCache, withoutPageCache } from "../web/site.mjs";
import { allConversations } from "./conversations.mjs";
import { atOnce, figures, interrupted, straight, underWay, vaultless } from "./runs.mjs";
import { startStage } from "./stage.mjs";
import { Tab } from "./tab.mjs";

const lanes = 2;
const stuckAfter = { timeout: 300_000 };
const effort = Number(process.env.LATCHKEY_EFFORT ?? 1);
const seed = Number(process.env.LATCHKEY_SEED ?? 1);
console.log(`LATCHKEY_SEED=${seed} LATCHKEY_EFFORT=${effort}${withoutPageCache ? `; left out: ${withoutPageCache}` : ""}`);

/** A run without more effort has a minute. */
const mostActs = effort > 1 ? Infinity : 7;
const conversations = (await allConversations()).filter(({ acts }) => acts.length <= mostActs);

const ways = {
  "reloaded before every act": (...given) => interrupted(...given, "reload"),
  "killed before every act": (...given) => interrupted(...given, "crash"),
  "through the cache before every act": (...given) => interrupted(...given, "cache"),
  "reloaded as something is sent": (...given) => atOnce(...given, "reload"),
  "killed as something is sent": (...given) => atOnce(...given, "crash"),
  "interrupted under way": underWay,
  "reloaded while the vault comes": (...given) => vaultless(...given, "reload"),
  "killed while the vault comes": (...given) => vaultless(...given, "crash"),
};

/** Chance that can be had again: mulberry32. */
function chance(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled(list, random) {
  const left = [...list];
  return list.map(() => left.splice(Math.floor(random() * left.length), 1)[0]);
}

/** So many as the effort asks for, of all conversations in all ways; each way comes as often as any other. */
function choose(conversations) {
  const random = chance(seed);
  const chosen = [];
  const wanted = Math.round(24 * effort);
  const names = Object.keys(ways).filter((name) => !withoutPageCache || !name.includes("cache"));
  for (let pass = 0; chosen.length < wanted; pass++) {
    const orders = names.map(() => shuffled(conversations, random));
    for (let i = 0; i < conversations.length; i++) {
      names.forEach((way, at) => chosen.push({ conversation: orders[at][i], way, luck: Math.floor(random() * 2 ** 32), pass }));
    }
  }
  return chosen.slice(0, wanted);
}

let browser;
const free = [];
before(async () => {
  browser = await launchBrowser(pageCache);
  for (let i = 0; i < lanes; i++) {
    const stage = await startStage();
    free.push({ stage, tab: await Tab.open(browser, stage) });
  }
});
after(async () => {
  console.log(JSON.stringify(figures));
  await browser?.close();
  for (const { stage } of free) await stage.close();
});

/** Straight runs are the same every time, wherever they run. */
const runs = new Map();
async function straightRun(tab, stage, conversation) {
  if (!runs.has(conversation)) runs.set(conversation, await straight(tab, stage, conversation));
  return runs.get(conversation);
}

describe("interrupted in a browser", { concurrency: lanes }, () => {
  for (const { conversation, way, luck, pass } of choose(conversations)) {
    test(`${conversation.bot}: ${conversation.name}, ${way}${pass ? `, again (${pass})` : ""}`, stuckAfter, async () => {
      const lane = free.pop();
      try {
        const run = await straightRun(lane.tab, lane.stage, conversation);
        await ways[way](lane.tab, lane.stage, conversation, run, chance(luck));
      } catch (error) {
        // A tab that got stuck is of no use to the next.
        lane.tab = await Tab.open(browser, lane.stage);
        throw error;
      } finally {
        free.push(lane);
      }
    });
  }
});
