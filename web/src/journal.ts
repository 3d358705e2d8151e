/**
 * The conversation in the host's storage: written whole after every event, so that a page that goes away at any moment
 * comes back to where it was.
 *
 * Of a long transcript the older entries are stored apart, a hundred in a part, for they do not change any more. Where there
 * is too little room the oldest go first, never the step that the conversation is at.
 */
import type { Host } from "./host-interface.js";
import type { Status } from "./protocol.js";
import { isEntry } from "./stored-entry.js";
import { held, type StoredRecord } from "./stored-record.js";
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
      const { latchkey, id, sealed, snapshot, parts: [from, to], transcript } = JSON.parse(this.#host.load() ?? "null") as StoredRecord;
      const apart: Entry[] = [];
      let first = to;
      // Where one is missing, what came before it is dropped too.
      for (let text; first > from && (text = this.#host.load(first - 1)) !== null; first--) apart.unshift(...(JSON.parse(text) as Entry[]));
      const entries = [...apart, ...transcript.entries];
      const text = sealed ? this.#host.unseal?.(sealed) : snapshot;
      if (latchkey !== 1 || !id || typeof text !== "string" || !entries.every(isEntry)) return null;
      [this.#apart, this.#from, this.#to] = [apart, first, to];
      return { id, snapshot: text, transcript: { ...emptyTranscript, ...transcript, entries } };
    } catch {
      return null;
    }
  }

  write(kept: Kept, status: Status): void {
    this.#kept = kept;
    const { id, transcript } = kept;
    const { entries } = transcript;
    if (this.#apart.some((entry, i) => entry !== entries[i])) this.#forgetParts();
    while (entries.length - this.#apart.length >= partSize) this.#setApart(entries.slice(this.#apart.length, this.#apart.length + partSize));

    const { authenticated, authenticatedAt, authenticationExpiresAt } = status;
    const snapshot = this.#snapshot(kept, status);
    let own = entries.slice(this.#apart.length);
    const save = () => {
      const record: StoredRecord = {
        latchkey: 1, id, left: held, ...snapshot, parts: [this.#from, this.#to], transcript: { ...transcript, entries: own },
        authenticated, authenticatedAt, authenticationExpiresAt,
      };
      return this.#host.save((this.#record = JSON.stringify(record)));
    };
    while (save() === false) {
      if (this.#dropOldest()) continue;
      if (!own.length) break;
      own = own.slice(Math.ceil(own.length / 4));
    }
  }

  /** In clear only where it holds nothing that is sensitive. Where a question asks for that, the seal is made ready. */
  #snapshot(kept: Kept, status: Status): Pick<StoredRecord, "sealed" | "snapshot"> {
    const { snapshot, transcript } = kept;
    // The conversation may have gone on meanwhile, also in another page of the tab.
    const again = () => {
      if (this.#kept === kept && this.#host.load() === this.#record) this.write(kept, status);
    };
    const { seal } = this.#host;
    const sealed = seal && (status.sensitive || transcript.ask?.sensitive) ? seal(snapshot, again) : null;
    if (sealed) return { sealed };
    return seal && status.sensitive ? {} : { snapshot };
  }

  #setApart(entries: readonly Entry[]): void {
    const text = JSON.stringify(entries);
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
