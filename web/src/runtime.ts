/**
 * Performs what the engine decides: says, asks, calls, waits, stores. It decides nothing about dialogs, and it
 * reaches the world through its Host alone.
 *
 * After every event the conversation is stored whole (journal.ts). An engine that fails comes back to where it was, in
 * another instance; only when it fails twice in a row the conversation ends.
 */
import { restoreConversation, startConversation, type Bot, type Conversation } from "./engine.js";
import type { Host } from "./host-interface.js";
import type { AuthenticationReason, Call, Effect, Event, FinishReason, Json, Status } from "./protocol.js";
import { Journal, type Kept } from "./journal.js";
import { applyEffect, emptyTranscript, spokenLines, type Entry, type Notice, type Transcript } from "./transcript.js";

/** An event without its instant: the runtime adds it. */
type Happening = Event extends infer E ? E extends Event ? Omit<E, "now"> : never : never;

interface RunningTimer { due: number; stop: () => void }

export class Runtime {
  #bot: Bot;
  #host: Host;
  #changed: () => void;
  #conversation!: Conversation;
  #id!: string;
  #transcript: Transcript = emptyTranscript;
  #timers = new Map<number, RunningTimer>();
  #calls = new Map<number, AbortController>();
  #journal: Journal;
  /** as it was after the last event that was handled */
  #kept!: Kept;
  /** the engine failed, and nothing was handled since */
  #failed = false;
  /** the instance that is being waited for after a failure */
  #recovery: Promise<void> | null = null;
  #stopped = false;

  /** `changed` is called after every event that changed the transcript or the status. */
  constructor(bot: Bot, host: Host, changed: () => void) {
    this.#bot = bot;
    this.#host = host;
    this.#changed = changed;
    this.#journal = new Journal(host);
  }

  get transcript(): Transcript { return this.#transcript; }
  get status(): Status { return this.#conversation.status(this.#host.now()); }

  /** Goes on with the stored conversation, or starts a new one, which `notice` stands above. */
  start(notice?: Notice): void {
    const kept = this.#journal.read();
    if (kept && this.#restore(kept)) return;
    const isEmpty = this.#host.load() === null;
    if (!isEmpty) this.#forget();
    this.#startAnew(isEmpty ? notice : "restarted");
  }

  /** The user sends a text. False when it cannot be taken now: nothing changed, try again later. */
  send(text: string): boolean { return this.#handle({ type: "textEntered", text }) === null; }

  /** The user presses a button. */
  choose(value: Json): boolean { return this.#handle({ type: "optionChosen", value }) === null; }

  /** The page sets external attributes; null clears one. Null when they were taken, else why not: then nothing changed. */
  setAttributes(attributes: Record<string, Json>): string | null {
    // What the page gives may hold anything: what is no JSON throws here, where it is no fault of the engine's.
    return this.#handle({ type: "attributesSet", attributes: JSON.parse(JSON.stringify(attributes)) as Record<string, Json> });
  }

  /** The user ends the chat. */
  close(): boolean {
    // Also when the engine cannot take it.
    this.#host.signedOut?.();
    return this.#handle({ type: "closed" }) === null;
  }

  /** To be called when the page is looked at again: timers that came due while it slept fire now, in their order. */
  wake(): void {
    const now = this.#host.now();
    // A clock that was set back has ended the sign-in, and no timer says so.
    if (this.#transcript.authenticated && !this.status.authenticated) this.#handle({ type: "attributesSet", attributes: {} });
    const late = [...this.#timers].filter(([, timer]) => timer.due <= now).sort(([, a], [, b]) => a.due - b.due);
    for (const [id] of late) this.#fire(id);
  }

  /** Stops everything for good, without a word to the conversation: what is stored is what goes on. */
  stop(): void {
    this.#stopped = true;
    this.#halt();
  }

  #halt(): void {
    for (const timer of this.#timers.values()) timer.stop();
    this.#abortCalls();
    this.#timers.clear();
    this.#recovery = null;
  }

  #startAnew(notice?: Notice): void {
    const now = this.#host.now();
    const opening = this.#host.opening();
    const { conversation, effects } = startConversation(this.#bot, { now, ...opening });
    this.#conversation = conversation;
    this.#id = opening.conversationId;
    this.#transcript = emptyTranscript;
    if (notice) this.#transcript = { ...emptyTranscript, entries: [{ from: "notice", at: now, notice }] };
    this.#perform(effects, now);
  }

  #restore({ id, snapshot, transcript }: Kept): boolean {
    const now = this.#host.now();
    try {
      const restored = restoreConversation(this.#bot, snapshot, { now });
      if ("refused" in restored) return false;
      this.#conversation = restored.conversation;
      this.#id = id;
      this.#transcript = transcript;
      this.#perform(restored.effects, now);
      return true;
    } catch {
      // The engine failed on what was stored: it is of no use, the next time neither.
      this.#halt();
      this.#forget();
      return false;
    }
  }

  /** Removes what is of no use; what is left of it says so. */
  #forget(): void {
    this.#host.save("");
    this.#journal = new Journal(this.#host);
  }

  /** Null when the event was taken, else why not. */
  #handle(happening: Happening): string | null {
    if (this.#stopped) return null;
    if (this.#recovery) return "engineFault";
    const now = this.#host.now();
    try {
      const turn = this.#conversation.handle({ ...happening, now } as Event);
      if ("rejected" in turn) return turn.rejected;
      this.#perform(turn.effects, now);
      this.#failed = false;
      return null;
    } catch (fault) {
      void this.#recover(fault);
      return "engineFault";
    }
  }

  /**
   * The event that the engine failed on is dropped, and the conversation goes on in another instance as if it had not come.
   * A fault that comes back ends the conversation, never the page.
   */
  async #recover(fault: unknown): Promise<void> {
    this.#halt();
    const message = `The engine failed (${String(fault)}). Please report this.`;
    this.#host.report({ severity: "error", code: "engineFault", where: "", message });
    const { transcript } = this.#kept;
    this.#transcript = transcript;
    if (!this.#failed) {
      this.#failed = true;
      const recovery = (this.#recovery = this.#bot.renewed());
      await recovery;
      // The chat may have been stopped meanwhile.
      if (this.#recovery !== recovery) return;
      this.#recovery = null;
      const entries: Entry[] = [...transcript.entries, { from: "notice", at: this.#host.now(), notice: "notTaken" }];
      if (this.#restore({ ...this.#kept, transcript: { ...transcript, entries } })) return;
    }
    this.#transcript = { ...applyEffect(transcript, { type: "finish", reason: "engineFault" }, this.#host.now()), authenticated: false };
    this.#host.save(null);
    this.#changed();
  }

  #perform(effects: Effect[], now: number): void {
    const acts: (() => void)[] = [];
    for (const effect of effects) {
      const said = (this.#transcript = applyEffect(this.#transcript, effect, now));
      if (effect.type !== "call") acts.push(() => this.#performOne(effect, now, said));
    }
    for (const effect of effects) if (effect.type === "call") acts.push(() => void this.#call(effect));
    acts.push(this.#changed);
    const { awaiting, authenticated, subject = null, authenticatedAt, authenticationExpiresAt } = this.status as Status & { subject?: string | null };
    this.#transcript = {
      ...this.#transcript,
      authenticated, subject, authenticatedAt, authenticationExpiresAt,
      typing: awaiting === "response" || awaiting === "delay",
      ask: awaiting === "answer" ? this.#transcript.ask : null,
    };
    this.#save();
    if (effects.some(signsOut)) this.#host.signedOut?.();
    // Listeners of the page hear of it, and may take the chat away: then it is stored, and nothing more happens.
    for (const act of acts) if (!this.#stopped) act();
  }

  #performOne(effect: Exclude<Effect, Call & { type: "call" }>, now: number, said: Transcript): void {
    switch (effect.type) {
      case "startTimer": return this.#startTimer(effect.id, effect.delayMs, now);
      case "cancelTimer": return this.#cancelTimer(effect.id);
      case "emit": return this.#host.emit(effect.name, effect.data);
      case "handOver": return this.#host.handOver(effect.data, spokenLines(said));
      case "report": return this.#host.report(effect.problem);
      case "finish": return this.#abortCalls();
    }
  }

  #startTimer(id: number, delayMs: number, now: number): void {
    this.#timers.set(id, { due: now + delayMs, stop: this.#host.startTimer(delayMs, () => this.#fire(id)) });
  }

  #cancelTimer(id: number): void {
    this.#timers.get(id)?.stop();
    this.#timers.delete(id);
  }

  #fire(id: number): void {
    if (!this.#timers.has(id)) return;
    this.#cancelTimer(id);
    this.#handle({ type: "timerFired", id });
  }

  async #call(call: Call): Promise<void> {
    const controller = new AbortController();
    this.#calls.set(call.id, controller);
    const answer = await this.#host.call(call, controller.signal);
    if (this.#calls.get(call.id) !== controller) return;
    this.#calls.delete(call.id);
    if ("failed" in answer) this.#handle({ type: "callFailed", id: call.id, reason: answer.failed });
    else this.#handle({ type: "callFinished", id: call.id, ...answer });
  }

  #abortCalls(): void {
    for (const call of this.#calls.values()) call.abort();
    this.#calls.clear();
  }

  #save(): void {
    this.#kept = { id: this.#id, snapshot: this.#conversation.snapshot(), transcript: this.#transcript };
    // A chat that has ended leaves nothing, whatever becomes of the page before it is told.
    if (this.#transcript.finished) this.#host.save(null);
    else this.#journal.write(this.#kept, this.status);
  }
}

/** Why a sign-in ends because somebody wants it to. */
const willed: readonly string[] = ["signOut", "closed", "closedByUser", "handedOver"] satisfies (AuthenticationReason | FinishReason)[];

const signsOut = (effect: Effect): boolean => "reason" in effect && willed.includes(effect.reason);
