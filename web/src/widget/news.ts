/** Tells the page what is new in a conversation: what was said, and whether somebody is signed in. */
import { tell } from "../tell.js";
import { spokenLines, type Entry, type Transcript } from "../transcript.js";

export class News {
  #element: EventTarget;
  #told = new WeakSet<Entry>();
  #authentication = "";
  #listens = false;

  constructor(element: EventTarget) { this.#element = element; }

  /** From here on it is news; what is there already is none. */
  begin(transcript: Transcript): void {
    this.#listens = true;
    this.#take(transcript);
    this.#authentication = authenticationOf(transcript);
  }

  look(transcript: Transcript): void {
    if (!this.#listens) return;
    const entries = this.#take(transcript);
    for (const { from, text } of spokenLines({ ...transcript, entries })) tell(this.#element, "latchkey-message", { from, text });
    const authentication = authenticationOf(transcript);
    if (authentication === this.#authentication) return;
    this.#authentication = authentication;
    const { authenticated, authenticationExpiresAt: expiresAt } = transcript;
    tell(this.#element, "latchkey-authentication", { authenticated, expiresAt });
  }

  /** The entries at the end that were not taken before. */
  #take({ entries }: Transcript): Entry[] {
    const taken: Entry[] = [];
    for (let at = entries.length - 1; at >= 0 && !this.#told.has(entries[at]!); at--) taken.unshift(entries[at]!);
    for (const entry of taken) this.#told.add(entry);
    return taken;
  }
}

const authenticationOf = ({ authenticated, authenticationExpiresAt }: Transcript): string => `${authenticated} ${authenticationExpiresAt}`;
