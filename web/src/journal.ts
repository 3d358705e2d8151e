/**
 * The conversation in the host's storage: written whole after every event, so that a page that goes away at any moment
 * comes back to where it was.
 *
 * Of a long transcript the older entries are stored apart, a hundred in a part, for they do not change any more. Where there
 * is too little room the oldest go first, never the step that the conversation is at. While the conversation holds something
 * sensitive, all that is written of it is sealed.
 */
import type { Host } from "./host-interface.js";
import type { Status } from "./protocol.js";
import { isEntry } from "./stored-entry.js";
import { held, isClear, type Content, type StoredRecord } from "./stored-record.js";
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
      for (let text; first > from && (text = this.#host.load(first - 1)) !== null; first--) apart.unshift(...this.#partIn(text));
      const entries = [...apart, ...transcript!.entries];
      if (latchkey !== 1 || !id || typeof snapshot !== "string" || !entries.every(isEntry)) return null;
      [this.#apart, this.#from, this.#to] = [apart, first, to];
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
    if (this.#apart.some((entry, i) => entry !== entries[i])) this.#forgetParts();
    while (entries.length - this.#apart.length >= partSize) {
      const part = entries.slice(this.#apart.length, this.#apart.length + partSize);
      const text = JSON.stringify(part);
      if (!this.#setApart(part, seal ? seal(text) : text)) break;
    }

    let own = entries.slice(this.#apart.length);
    const content = () => {
      const clear = { snapshot, transcript: { ...transcript, entries: own } };
      if (!seal) return clear;
      const sealed = seal(JSON.stringify(clear));
      return sealed ? { sealed } : status.sensitive ? {} : clear;
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

  /** How to seal what is sensitive, or null where nothing is. Where a question asks for that, the seal is made ready. */
  #sealFor(kept: Kept, status: Status): ((text: string) => string | null) | null {
    const { seal } = this.#host;
    if (!seal || !(status.sensitive || kept.transcript.ask?.sensitive)) return null;
    // The conversation may have gone on meanwhile, also in another page of the tab.
    const again = () => {
      if (this.#kept === kept && this.#host.load() === this.#record) this.write(kept, status);
    };
    return (text) => seal(text, again);
  }

  #partIn(text: string): Entry[] {
    return JSON.parse(isClear(text) ? text : this.#host.unseal!(text)!) as Entry[];
  }

  /** False when it cannot be sealed yet. */
  #setApart(entries: readonly Entry[], text: string | null): boolean {
    if (text === null) return false;
    let isStored;
    do isStored = this.#host.save(text, this.#to) !== false;
    while (!isStored && this.#dropOldest());
    this.#apart.push(...entries);
    this.#to++;
    if (!isStored) this.#from = this.#to;
    return true;
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
