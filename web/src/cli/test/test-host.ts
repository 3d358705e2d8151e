/** Stands in for page, network and clock. Time is what the test says; timers run on it, not on the wall clock. */
import { restoreConversation, startConversation, type AttributeValue, type Bot, type Conversation, type Started } from "../../engine.js";
import type { Ask, Call, Effect, Event, Json, Message, Opening, Option, Status } from "../../protocol.js";
import { applyEffect, emptyTranscript, spokenLines, type Transcript } from "../../transcript.js";
import { buttonsOnOffer } from "../chat/buttons.js";
import { messageText } from "../message-text.js";
import { Mismatch } from "./mismatch.js";

const mostTimersInOneWait = 10_000;

/** What the effects left for a test to look at; what comes in order is taken off the front. */
export interface Page {
  messages: Message[];
  calls: Call[];
  emitted: { name: string; data: Json }[];
  handOvers: { data: Record<string, Json>; transcript: { from: "bot" | "user"; text: string }[] }[];
  /** codes of the problems reported since the last step that did something */
  reports: string[];
  ask: Ask | null;
  echo: string;
  /** what happened, for people */
  lines: string[];
}

const emptyPage = (): Page => ({ messages: [], calls: [], emitted: [], handOvers: [], reports: [], ask: null, echo: "", lines: [] });

interface Timer { id: number; due: number }
type AnyEvent = { type: Event["type"]; [field: string]: Json };

export class TestHost {
  page = emptyPage();
  #bot: Bot;
  #opening: Opening;
  #conversation!: Conversation;
  #transcript: Transcript = emptyTranscript;
  #timers: Timer[] = [];
  #elapsed = 0;
  /** what the clock shows beyond the time that has passed */
  #ahead: number;

  /** Begins a conversation at `now`. */
  constructor(bot: Bot, now: number, opening: Opening) {
    this.#bot = bot;
    this.#opening = opening;
    this.#ahead = now;
  }

  get now(): number { return this.#elapsed + this.#ahead; }
  get snapshot(): string { return this.#conversation.snapshot(); }
  get status(): Status { return this.#conversation.status(this.now); }
  /** The buttons on offer: the question's, then those of the cards. */
  get buttons(): Option[] {
    const { awaiting } = this.status;
    const heard = awaiting === "answer" || awaiting === "nothing";
    return heard ? buttonsOnOffer({ ...this.#transcript, ask: this.page.ask }) : [];
  }
  get attributes(): Record<string, AttributeValue> { return this.#conversation.attributes(this.now); }

  /** A path of the host page's origin as the address that the page calls. */
  addressOf(url: string): string {
    const page = this.#opening.pageUrl ?? undefined;
    return url.startsWith("/") && URL.canParse(url, page) ? new URL(url, page).href : url;
  }

  start(): void {
    const { conversation, effects } = this.#begin();
    this.#conversation = conversation;
    this.#perform(effects);
    this.wait(0);
  }

  #begin(): Started {
    try {
      return startConversation(this.#bot, { now: this.now, ...this.#opening });
    } catch (error) {
      throw error instanceof TypeError ? new Mismatch(error.message) : error;
    }
  }

  /** Sends an event; the host adds the instant. */
  send(event: AnyEvent): void {
    this.#handle(event);
    this.wait(0);
  }

  #handle(event: AnyEvent): void {
    const turn = this.#conversation.handle({ ...event, now: this.now } as Event);
    if ("rejected" in turn) throw new Mismatch(`the bot did not take the event ${event.type}: ${turn.rejected}`);
    this.#perform(turn.effects);
  }

  /** Sends an event as it is and fails unless it is rejected and changes nothing. */
  expectRejected(event: Json): void {
    const before = this.snapshot;
    const turn = this.#conversation.handle(event as unknown as Event);
    if (!("rejected" in turn)) throw new Mismatch("the event was not rejected", "a rejection", turn as unknown as Json);
    const after = this.snapshot;
    if (after !== before) throw new Mismatch("the event was rejected, but it changed the snapshot", before, after);
  }

  /** Lets time pass; timers due on the way fire in their order, those that are due already too. */
  wait(ms: number): void {
    const end = this.#elapsed + ms;
    for (let fired = 0; fired < mostTimersInOneWait; ++fired) {
      const next = this.#timers.reduce<Timer | null>((first, timer) => first && first.due <= timer.due ? first : timer, null);
      if (!next || next.due > end) {
        this.#elapsed = end;
        return;
      }
      this.#elapsed = Math.max(this.#elapsed, next.due);
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.#handle({ type: "timerFired", id: next.id });
    }
    throw new Mismatch(`more than ${mostTimersInOneWait} timers fired on the way`);
  }

  setClock(now: number): void { this.#ahead = now - this.#elapsed; }

  /** The page goes away and comes back; with `snapshot` in place of what it stored. A refused one begins anew. */
  reload(snapshot = this.snapshot): void {
    this.#timers = [];
    this.page.calls = [];
    this.#transcript = { ...this.#transcript, ask: null };
    const restored = restoreConversation(this.#bot, snapshot, { now: this.now });
    if ("refused" in restored) {
      this.page = emptyPage();
      this.page.lines.push(`(the snapshot was refused: ${restored.refused}; the conversation begins anew)`);
      this.#transcript = emptyTranscript;
      this.start();
      return;
    }
    this.#conversation = restored.conversation;
    this.#perform(restored.effects);
    this.wait(0);
  }

  #perform(effects: Effect[]): void {
    for (const effect of effects) {
      this.#transcript = applyEffect(this.#transcript, effect, this.now);
      this.#performOne(effect);
    }
    const waitsForAnswer = this.status.awaiting === "answer";
    this.page.ask = waitsForAnswer ? this.#transcript.ask : null;
    if (waitsForAnswer && !this.page.ask) throw new Mismatch("the bot waits for an answer, but there was no effect ask");
  }

  #performOne(effect: Effect): void {
    const { page } = this;
    switch (effect.type) {
      case "say":
        page.messages.push(effect.message);
        return this.#note("bot", messageText(effect.message));
      case "echo":
        page.echo = effect.text;
        return this.#note("user", effect.text);
      case "call": {
        const { type: _, ...call } = effect;
        page.calls.push(call);
        return this.#note("call", `${call.method} ${call.url}`);
      }
      case "startTimer": return void this.#timers.push({ id: effect.id, due: this.#elapsed + effect.delayMs });
      case "cancelTimer": return void (this.#timers = this.#timers.filter(({ id }) => id !== effect.id));
      case "emit":
        page.emitted.push({ name: effect.name, data: effect.data });
        return this.#note("emits", `${effect.name} ${JSON.stringify(effect.data)}`);
      case "handOver":
        page.handOvers.push({ data: effect.data, transcript: spokenLines(this.#transcript) });
        return this.#note("hands over", JSON.stringify(effect.data));
      case "report":
        page.reports.push(effect.problem.code);
        return this.#note("reports", `${effect.problem.code} at ${effect.problem.where}: ${effect.problem.message}`);
      case "authenticationChanged":
        return this.#note(effect.authenticated ? "signed in" : "signed out", effect.reason);
      case "finish":
        page.calls = [];
        return this.#note("finish", effect.reason);
      case "wipe": return void (page.lines = ["(wiped)"]);
      case "ask": return effect.options.length > 0 ? this.#note("buttons", effect.options.map(({ label }) => `[${label}]`).join(" ")) : undefined;
    }
  }

  #note(what: string, text: string): void { this.page.lines.push(`${what}: ${text}`); }
}
