/**
 * The conversation in the host's storage: written whole after every event, so that a page that goes away at any moment
 * comes back to where it was.
 *
 * Of a long transcript the older entries are stored apart, a hundred in a part, for they do not change any more. Where there
 * is too little room the oldest go first, never the step that the conversation is at. Of a conversation that holds something
 * sensitive all that is written from then on is sealed.
 */
import type { Host } from "./host-interface.js";
import type { Status } from "./protocol.js";
import { isEntry } from "./stored-entry.js";
import { held, isSealed, type Content, type StoredRecord } from "./stored-record.js";
import { emptyTranscript, type Entry, type Transcript } from "./transcript.js";

/** What is needed to go on with a conversation. */
export interface Kept {
  id: string;
  /** the engine's */
  snapshot: string;
  transcript: Transcript;
}

const partSize = 100;

export class Journal {
  #host: Host;
  /** the entries that are stored apart, or were until there was no more room for them */
  #apart: Entry[] = [];
  #from = 0;
  #to = 0;
  /** the newest record */
  #record = "";
  /** what it is of */
  #kept: Kept | undefined;
  /** it holds something sensitive, or did */
  #isSecret = false;

  constructor(host: Host) {
    this.#host = host;
  }

  /** What is stored, or null when there is nothing of use. */
  read(): Kept | null {
    try {
      const record = JSON.parse(this.#host.load() ?? "null") as StoredRecord;
      const { latchkey, id, sealed, parts: [from, to] } = record;
      const { snapshot, transcript } = sealed ? (JSON.parse(this.#host.unseal!(sealed)!) as Content) : record;
      const apart: Entry[] = [];
      let first = to;
      // Where one is missing, what came before it is dropped too.
      for (let text; first > from && (text = this.#partAt(first - 1)) !== null; first--) apart.unshift(...(JSON.parse(text) as Entry[]));
      const entries = [...apart, ...transcript!.entries];
      if (latchkey !== 1 || !id || typeof snapshot !== "string" || !entries.every(isEntry)) return null;
      [this.#apart, this.#from, this.#to] = [apart, first, to];
      this.#isSecret = Boolean(sealed);
      return { id, snapshot, transcript: { ...emptyTranscript, ...transcript, entries } };
    } catch {
      return null;
    }
  }

  write(kept: Kept, status: Status): void {
    this.#kept = kept;
    const { id, snapshot, transcript } = kept;
    const { entries } = transcript;
    const { authenticated, authenticatedAt, authenticationExpiresAt } = status;
    const seal = this.#sealFor(kept, status);
    const mayBeClear = !this.#host.seal || !status.sensitive;
    if (this.#apart.some((entry, i) => entry !== entries[i])) this.#forgetParts();
    while (entries.length - this.#apart.length >= partSize) {
      const part = entries.slice(this.#apart.length, this.#apart.length + partSize);
      const text = seal(part) ?? (mayBeClear ? JSON.stringify(part) : null);
      if (text === null) break;
      this.#setApart(part, text);
    }

    let own = entries.slice(this.#apart.length);
    const content = () => {
      const clear = { snapshot, transcript: { ...transcript, entries: own } };
      const sealed = seal(clear);
      return sealed ? { sealed } : mayBeClear ? clear : {};
    };
    let stored = content();
    const save = () => {
      const record: StoredRecord = {
        latchkey: 1, id, left: held, ...stored, parts: [this.#from, this.#to], authenticated, authenticatedAt, authenticationExpiresAt,
      };
      return this.#host.save((this.#record = JSON.stringify(record)));
    };
    while (save() === false) {
      if (this.#dropOldest()) continue;
      if (!own.length) break;
      own = own.slice(Math.ceil(own.length / 2));
      stored = content();
    }
  }

  /** Seals when the conversation holds something sensitive, did, or asks for it; null where that need not be, or takes a moment. */
  #sealFor(kept: Kept, status: Status): (content: unknown) => string | null {
    this.#isSecret ||= status.sensitive;
    if (!this.#isSecret && !kept.transcript.ask?.sensitive) return () => null;
    let isDone = false;
    const again = () => {
      // The conversation may have gone on meanwhile, also in another page of the tab.
      if (isDone || this.#kept !== kept || this.#host.load() !== this.#record) return;
      isDone = true;
      this.write(kept, status);
    };
    return (content) => this.#host.seal?.(JSON.stringify(content), again) ?? null;
  }

  /** A part as JSON text; null when it is missing, or its key is. */
  #partAt(index: number): string | null {
    const text = this.#host.load(index);
    return text !== null && isSealed(text) ? this.#host.unseal!(text) : text;
  }

  #setApart(entries: readonly Entry[], text: string): void {
    let isStored;
    do isStored = this.#host.save(text, this.#to) !== false;
    while (!isStored && this.#dropOldest());
    this.#apart.push(...entries);
    this.#to++;
    if (!isStored) this.#from = this.#to;
  }

  /** False when there is no part to drop. */
  #dropOldest(): boolean {
    if (this.#from === this.#to) return false;
    this.#host.save(null, this.#from++);
    return true;
  }

  #forgetParts(): void {
    while (this.#dropOldest());
    this.#apart = [];
    this.#from = this.#to = 0;
  }
}
