/** Drives a bot by the real runtime along one of its conversation tests, up to a certain request. */
import { setImmediate as settled } from "node:timers/promises";
import { loadBot, restoreConversation } from "../../web/dist/engine.js";
import { FakeHost } from "../web/fake-host.mjs";
import { loadSource } from "../web/load-source.mjs";
import { botAt } from "./api-elements.mjs";

const { Runtime, performCall } = await loadSource(["runtime.ts", "call.ts"], { engine: "built" });

/**
 * A clock that a test moves, and real sockets. `calls` says what every request came to, `at` its instant, and how late:
 * against a timer of the test's own, so that a machine that is busy does not count. `requested` hears of each before.
 */
export class SocketHost extends FakeHost {
  underWay = new Set();
  calls = [];

  constructor(now, requested) {
    super();
    this.clock = now;
    this.requested = requested;
  }

  call = (call, stop) => {
    this.requested(call);
    const at = this.clock;
    let due = Infinity;
    const timer = setTimeout(() => { due = performance.now(); }, call.timeoutMs);
    const under = performCall(call, stop, { page: null, origins: null }).then((answer) => {
      clearTimeout(timer);
      this.calls.push({ call, answer, at, lateMs: performance.now() - due });
      this.underWay.delete(under);
      return answer;
    });
    this.underWay.add(under);
    return under;
  };
}

/** Answers by itself, at once, with the replies of a conversation test, until the request to `faulty`: a rehearsal. */
class RehearsalHost extends FakeHost {
  underWay = new Set();
  answered = 0;
  met = false;

  constructor(now, replies, faulty) {
    super();
    this.clock = now;
    this.replies = replies;
    this.faulty = faulty;
  }

  call = (call) => {
    this.met ||= call.url.startsWith(this.faulty);
    if (this.met || this.answered === this.replies.length) return new Promise(() => {});
    const reply = this.replies[this.answered++];
    return Promise.resolve(answerOf(reply));
  };
}

function answerOf({ failed, status = 200, headers = {}, body = "" }) {
  return failed ? { failed } : { status, headers, body: typeof body === "string" ? body : JSON.stringify(body) };
}

/** A conversation under way. */
export class Talk {
  constructor(bot, host) {
    this.bot = bot;
    this.host = host;
    this.runtime = new Runtime(bot, host, () => {});
  }

  start() {
    this.runtime.start();
    return this.settle();
  }

  /** What the bot has said, in order. */
  get said() { return this.runtime.transcript.entries.filter(({ from }) => from === "bot"); }
  get awaiting() { return this.runtime.status.awaiting; }

  attribute(name) {
    const { snapshot } = JSON.parse(this.host.stored);
    return restoreConversation(this.bot, snapshot, { now: this.host.clock }).conversation.attributes(this.host.clock)[name].value;
  }

  /** Lets requests come to their end and delays and retries pass, until the bot waits for the visitor or for nothing. */
  async settle() {
    await settled();
    while (!this.host.met && ["response", "delay"].includes(this.awaiting)) {
      if (this.host.underWay.size > 0) await Promise.race(this.host.underWay);
      else this.#passToNextTimer();
      await settled();
    }
  }

  #passToNextTimer() {
    const { clock, timers } = this.host;
    if (timers.length === 0) throw new Error(`The conversation is stuck: it awaits a ${this.awaiting}, and nothing is under way.`);
    this.host.pass(Math.max(0, Math.min(...timers.map(({ due }) => due)) - clock));
  }

  /** Does what the visitor does in a step of a conversation test; what the test expects is none of our business. */
  async take({ user, choose }) {
    if (user !== undefined) this.runtime.send(user);
    if (choose !== undefined) this.runtime.choose(this.#option(choose).value);
    await this.settle();
  }

  #option(label) {
    const { ask, entries } = this.runtime.transcript;
    const onCards = entries.flatMap(({ message }) => message?.cards ?? []).flatMap(({ buttons }) => buttons ?? []);
    const option = [...(ask?.options ?? []), ...onCards].find((one) => one.label === label);
    if (!option) throw new Error(`There is no button ${JSON.stringify(label)}.`);
    return option;
  }
}

const places = { origin: "http://localhost:1", faulty: "http://localhost:2" };

/**
 * The way to an API element's first request in one of the bot's conversation tests: `acts`, what the visitor does;
 * `replies`, the answers to the requests before it; and `good`, the text of its own answer there, which is a right one.
 */
export async function findWay(element) {
  const bot = await loadBot(botAt(element, places));
  for (const { steps } of element.conversations) {
    const way = await rehearse(bot, steps, element.now);
    if (way) return way;
  }
  throw new Error(`No conversation test reaches ${element.title} and answers it well.`);
}

/** Steps after which the conversation is not that of a visitor who just comes along. */
const isOdd = ({ wait, reload, tamper, clock }) => reload || tamper || clock || /\d[mhd]$/.test(wait ?? "");

async function rehearse(bot, steps, now) {
  const replies = steps.filter(({ reply }) => reply).map(({ reply }) => reply);
  const host = new RehearsalHost(now, replies, places.faulty);
  const talk = new Talk(bot, host);
  await talk.start();
  const acts = [];
  for (const step of steps) {
    if (host.met || isOdd(step) || host.answered === replies.length) break;
    if (!("user" in step) && !("choose" in step)) continue;
    acts.push(step);
    await talk.take(step);
  }
  const good = replies[host.answered];
  const isGood = good && !good.failed && (good.status ?? 200) < 300;
  return host.met && isGood ? { acts, replies: replies.slice(0, host.answered).map(answerOf), good: answerOf(good).body } : null;
}
