/**
 * The dialog engine for Node and browsers: load a bot, start a conversation, hand it events, perform its effects.
 *
 * It knows no clock, no network, no storage and no page: the time rides on every event, and what the bot wants done
 * comes back as effects. With wasm.ts the only file that knows WebAssembly.
 *
 * ```js
 * import { loadBot, startConversation } from "latchkey/engine";
 *
 * const bot = await loadBot(botText);
 * const { conversation, effects } = startConversation(bot, { now: Date.now(), conversationId: "c-1", seed: 7 });
 * const turn = conversation.handle({ type: "textEntered", text: "Hello", now: Date.now() });
 * ```
 */
import createLatchkey, { type NativeEngine } from "../../build/wasm/engine.mjs";
import type { Effect, Event, Json, Opening, Problem, Status, Turn } from "./protocol.js";
import { moduleOf, pause, type WasmModule, type WasmSource } from "./wasm.js";

export type * from "./protocol.js";
export type { WasmSource };

export interface LoadOptions {
  /** where the engine's WebAssembly comes from; default: engine.wasm beside this file */
  wasm?: WasmSource | Promise<WasmSource>;
  /** notes what runs, for `bot.trace()` */
  trace?: boolean;
}

/** A checked bot. One instance of the engine holds it and its conversations; it is freed when nothing refers to it. */
export interface Bot {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly warnings: readonly Problem[];
  /** Pointers (RFC 6901) into the bot file of all lists of elements and all elements: what a trace can tell. */
  outline(): string[];
  /** What of them ran in the bot's conversations since this was asked last, in order; the bot was loaded with `trace`. */
  trace(): string[];
  /** After a call that threw: resolves when another instance of the engine is there, to restore conversations in. */
  renewed(): Promise<void>;
}

/** The bot file was refused; `problems` says everything that is wrong with it, warnings included. */
export class BotError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.filter(({ severity }) => severity === "error").map(describeProblem).join("\n"));
    this.name = "BotError";
    this.problems = problems;
  }
}

/** A problem in one line: `error unknownDialog at /dialogs/0/elements/1/dialog: There is no dialog …` */
export function describeProblem({ severity, code, where, message }: Problem): string {
  return `${severity} ${code} at ${where || "the top"}${message && `: ${message}`}`;
}

export interface StartOptions extends Partial<Opening> {
  /** milliseconds since the epoch */
  now: number;
  conversationId: string;
  seed: number;
}

/** An attribute's value, and what a template prints of it. */
export interface AttributeValue { value: Json; masked: string }

export interface Conversation {
  /** Handles one event. A rejected event changed nothing. */
  handle(event: Event): Turn;
  /** The same for a host that passes on texts: JSON text of an event in, JSON text of the turn out. */
  handleText(event: string): string;
  /** Everything needed to go on later with `restoreConversation`. It holds sensitive values in clear. */
  snapshot(): string;
  /** Where the conversation stands at an instant (milliseconds since the epoch). */
  status(now: number): Status;
  /** Every attribute, for tests and tools. Sensitive values are in clear. */
  attributes(now: number): Record<string, AttributeValue>;
}

export interface Started { conversation: Conversation; effects: Effect[] }

/**
 * Loads a bot file (JSON text) and checks it.
 * @throws BotError when the bot has an error. Any other error means that the engine itself could not be loaded.
 */
export async function loadBot(text: string, options: LoadOptions = {}): Promise<Bot> {
  const loaded = await read(text, options);
  if (!loaded.bot) throw new BotError(loaded.problems);
  return new LoadedBot(loaded, loaded.bot);
}

/** Every problem of a bot file, errors and warnings; an empty list is a clean bill. */
export async function checkBot(text: string, options: LoadOptions = {}): Promise<Problem[]> {
  return (await read(text, options)).problems;
}

/** Starts a conversation: its first effects are those of the default dialog. */
export function startConversation(bot: Bot, { now, conversationId, seed, pageUrl = null, pageLanguage = null, attributes = {} }: StartOptions): Started {
  const conversation = open(bot);
  const turn = conversation.handle({ type: "started", now, conversationId, seed, pageUrl, pageLanguage, attributes });
  if ("rejected" in turn) throw new TypeError(`The conversation cannot start: ${turn.rejected}. Give now, conversationId, an integer seed, and attributes that are external, of their types.`);
  return { conversation, effects: turn.effects };
}

/** Goes on from a snapshot; refused when it is damaged or of another version. */
export function restoreConversation(bot: Bot, snapshot: string, { now }: { now: number }): Started | { refused: string } {
  const conversation = open(bot);
  const turn = conversation.restore(snapshot, now);
  return "refused" in turn ? turn : { conversation, effects: turn.effects };
}

interface Loaded extends LoadResult {
  engine: TextEngine;
  /** another instance that has loaded the same bot */
  renew(): Promise<TextEngine>;
}
interface LoadResult { bot: { id: string; name: string; language: string } | null; problems: Problem[] }

async function read(text: string, { wasm, trace }: LoadOptions): Promise<Loaded> {
  const module = await moduleOf(wasm);
  const load = async () => {
    const engine = new TextEngine(await instantiate(module));
    await pause();
    const result = engine.read(engine.native.load(engine.write(text))) as LoadResult;
    if (trace && result.bot) engine.native.trace();
    return { engine, result };
  };
  const { engine, result } = await load();
  return { ...result, engine, renew: async () => (await load()).engine };
}

async function instantiate(module: WasmModule): Promise<NativeEngine> {
  const { Engine } = await new Promise<{ Engine: new () => NativeEngine }>((resolve, reject) => {
    createLatchkey({
      instantiateWasm(imports, done) {
        if ("instantiate" in module) {
          const exports = module.instantiate(imports);
          done({ exports });
          // What is returned stands in for what was handed over.
          return exports;
        }
        WebAssembly.instantiate(module, imports).then(done, reject);
        return {};
      },
    }).then(resolve, reject);
  });
  return new Engine();
}

function instant(now: number): number {
  if (typeof now === "number") return now;
  throw new TypeError("now must be a number.");
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const loneSurrogate = /\\ud[89a-f]/i;

/** The event as JSON text of well-formed strings: JSON.stringify escapes a lone surrogate, which no UTF-8 can hold. */
function writeEvent(event: Event): string {
  const text = JSON.stringify(event);
  if (!loneSurrogate.test(text)) return text;
  return JSON.stringify(event, (_, value: unknown) => (typeof value === "string" ? decoder.decode(encoder.encode(value)) : value));
}

/** The room for a text in the engine's memory, in bytes: most events need no more, and snapshots of small bots neither. */
const usualRoom = 16384;

/** The native engine with texts in place of bytes in its memory. */
class TextEngine {
  readonly native: NativeEngine;
  #memory = new Uint8Array(0);
  #words = new Uint32Array(0);
  #border: number;
  #input = 0;
  #room = 0;
  #freed = new FinalizationRegistry<number>((id) => this.native.close(id));

  constructor(native: NativeEngine) {
    this.native = native;
    this.#border = native.border() / 4;
    this.#makeRoom(usualRoom);
  }

  /** Closes the conversation `id` when `owner` is gone. */
  free(owner: object, id: number): void { this.#freed.register(owner, id); }

  /** Puts a text into the engine's input and returns its size there. Lone surrogates become U+FFFD. */
  write(text: string): number {
    if (typeof text !== "string") throw new TypeError("This must be JSON text.");
    // A UTF-16 unit takes at most three bytes in UTF-8; only long texts are worth measuring.
    this.#lookAgain();
    if (text.length * 3 <= usualRoom) return encoder.encodeInto(text, this.#bytes(this.#input, usualRoom)).written;
    const bytes = encoder.encode(text);
    if (bytes.length > this.#room) this.#makeRoom(bytes.length);
    this.#lookAgain();
    this.#bytes(this.#input, bytes.length).set(bytes);
    return bytes.length;
  }

  readText(size: number): string {
    this.#lookAgain();
    return decoder.decode(this.#bytes(this.#words[this.#border]!, size));
  }
  read(size: number): unknown { return JSON.parse(this.readText(size)); }

  #makeRoom(size: number): void {
    this.#input = this.native.input(size);
    this.#room = size;
  }

  /** A growth of the memory detaches every view of it. */
  #lookAgain(): void {
    if (this.#memory.byteLength > 0) return;
    this.#memory = new Uint8Array(this.native.memory().buffer as ArrayBuffer);
    this.#words = new Uint32Array(this.#memory.buffer);
  }

  #bytes(at: number, size: number): Uint8Array<ArrayBuffer> { return this.#memory.subarray(at, at + size); }
}

class LoadedBot implements Bot {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly warnings: readonly Problem[];
  engine: TextEngine;
  #renew: () => Promise<TextEngine>;
  #renewal = Promise.resolve();

  constructor({ engine, problems, renew }: Loaded, { id, name, language }: NonNullable<LoadResult["bot"]>) {
    this.engine = engine;
    this.#renew = renew;
    this.id = id;
    this.name = name;
    this.language = language;
    this.warnings = problems;
  }

  outline(): string[] { return this.engine.read(this.engine.native.outline()) as string[]; }
  trace(): string[] { return this.engine.read(this.engine.native.trace()) as string[]; }
  renewed(): Promise<void> { return this.#renewal; }

  /** An instance that trapped is of no more use: the next conversation gets another one, as soon as it is there. */
  drop(broken: TextEngine): void {
    if (this.engine === broken) this.#renewal = this.#renew().then((engine) => void (this.engine = engine), () => {});
  }
}

class OpenConversation implements Conversation {
  #bot: LoadedBot;
  #engine: TextEngine;
  #id: number;

  constructor(bot: LoadedBot) {
    this.#bot = bot;
    this.#engine = bot.engine;
    this.#id = this.#ask((native) => native.open());
    this.#engine.free(this, this.#id);
  }

  handle(event: Event): Turn {
    return JSON.parse(this.handleText(writeEvent(event))) as Turn;
  }

  handleText(event: string): string {
    return this.#ask((native, engine) => engine.readText(native.handle(this.#id, engine.write(event))));
  }

  restore(snapshot: string, now: number): { effects: Effect[] } | { refused: string } {
    return this.#ask((native, engine) => engine.read(native.restore(this.#id, engine.write(snapshot), instant(now))) as { effects: Effect[] } | { refused: string });
  }

  snapshot(): string {
    return this.#ask((native, engine) => engine.readText(native.snapshot(this.#id)));
  }

  status(now: number): Status {
    return this.#ask((native, engine) => engine.read(native.status(this.#id, instant(now))) as Status);
  }

  attributes(now: number): Record<string, AttributeValue> {
    return this.#ask((native, engine) => engine.read(native.attributes(this.#id, instant(now))) as Record<string, AttributeValue>);
  }

  /** One question to the native engine. */
  #ask<Result>(question: (native: NativeEngine, engine: TextEngine) => Result): Result {
    try {
      return question(this.#engine.native, this.#engine);
    } catch (trap) {
      // What was given is of the wrong type: the engine has seen nothing of it.
      if (!(trap instanceof TypeError)) this.#bot.drop(this.#engine);
      throw trap;
    }
  }
}

function open(bot: Bot): OpenConversation {
  if (!(bot instanceof LoadedBot)) throw new TypeError("This is not a bot that loadBot made.");
  return new OpenConversation(bot);
}
