/**
 * latchkey-vault.js: keeps what is sensitive from whoever has the tab's storage alone, as crash reports and recordings of a session do.
 * The browser keeps the key in the same profile.
 *
 * AES-CTR of WebCrypto with a key that no script can read out, in IndexedDB. The storage has to be written at once, and
 * WebCrypto answers later; so the key stream is made in advance, as the cipher of zeros, and what is to be sealed is combined
 * with it. No part of a stream is used twice: each begins at a random nonce of 96 bits (NIST SP 800-38A, section 6.5 and
 * appendix B), and each sealed text at a block of its own. Nothing is authenticated here: a snapshot carries its own check, and
 * who can write to the storage can run code in the page.
 */
import type { Vault } from "./vault-module.js";

const blockSize = 16;
const streamSize = 1 << 16;
const dayMs = 86_400_000;
/** A new key takes along those that are older, and what they sealed with them. A tab may stay open for that long. */
const keyLifeDays = 30;

/** A database that has not answered after this long will not. The visitor waits for a key that is needed, nobody for a new one. */
const patienceMs = 2000;
const patienceForNewMs = 20_000;

interface KeyStream {
  nonce: Uint8Array<ArrayBuffer>;
  bytes: Uint8Array;
  /** of it used: whole blocks */
  used: number;
}

/** See VaultModule. */
export async function openVault(sealed: string | undefined): Promise<Vault> {
  const id = sealed ? idOf(sealed) : NaN;
  const known = Number.isFinite(id) ? await findKey(id) : undefined;
  // What was sealed is sealed again with little more.
  const vault = known ? new OpenVault(id, known, 8 * sealed!.length) : await createVault();
  await vault.refilled;
  return vault;
}

async function createVault(): Promise<OpenVault> {
  const key = await crypto.subtle.generateKey({ name: "AES-CTR", length: 256 }, false, ["encrypt", "decrypt"]);
  // The day, by which it goes, and 38 bits of chance. With the millisecond in their place chance would have 12, too few for two tabs.
  const today = Math.floor(Date.now() / dayMs);
  const id = today + Math.random();
  const add = (keys: IDBObjectStore) => {
    keys.delete(IDBKeyRange.upperBound(today - keyLifeDays));
    return keys.add(key, id);
  };
  await inKeys("readwrite", add, patienceForNewMs);
  return new OpenVault(id, key, 0);
}

class OpenVault implements Vault {
  refilled: Promise<void>;
  #id: number;
  #key: CryptoKey;
  #stream!: KeyStream;
  #next: KeyStream | null = null;
  #isFilling = false;

  constructor(id: number, key: CryptoKey, size: number) {
    this.#id = id;
    this.#key = key;
    this.refilled = createStream(key, Math.max(streamSize, size)).then((stream) => void (this.#stream = stream));
  }

  seal(text: string): string | null {
    const bytes = new TextEncoder().encode(text);
    const stream = this.#streamFor(bytes.length);
    if (!stream) return null;
    const { used, nonce } = stream;
    stream.used += Math.ceil(bytes.length / blockSize) * blockSize;
    const cipher = bytes.map((byte, i) => byte ^ stream.bytes[used + i]!);
    return `${this.#id}:${toText(counterAt(nonce, used / blockSize))}:${toText(cipher)}`;
  }

  async unseal(sealed: string): Promise<string> {
    const id = idOf(sealed);
    const [, counter, cipher] = sealed.split(":");
    const key = id === this.#id ? this.#key : await findKey(id);
    const algorithm = { name: "AES-CTR", counter: toBytes(counter!), length: 32 };
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key!, toBytes(cipher!)));
  }

  #streamFor(size: number): KeyStream | null {
    if (left(this.#stream) < size && this.#next) {
      this.#stream = this.#next;
      this.#next = null;
    }
    const isEnough = left(this.#stream) >= size;
    if (!this.#next && !this.#isFilling && left(this.#stream) < 4 * size + streamSize / 2) {
      this.refilled = this.#fill(Math.max(streamSize, 8 * size));
      // The next text that is to be sealed tries again.
      this.refilled.catch(() => {});
    }
    return isEnough ? this.#stream : null;
  }

  async #fill(size: number): Promise<void> {
    this.#isFilling = true;
    try {
      this.#next = await createStream(this.#key, size);
    } finally {
      this.#isFilling = false;
    }
  }
}

const left = ({ bytes, used }: KeyStream): number => bytes.length - used;

async function createStream(key: CryptoKey, size: number): Promise<KeyStream> {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const algorithm = { name: "AES-CTR", counter: counterAt(nonce, 0), length: 32 };
  return { nonce, bytes: new Uint8Array(await crypto.subtle.encrypt(algorithm, key, new Uint8Array(size))), used: 0 };
}

function counterAt(nonce: Uint8Array, block: number): Uint8Array<ArrayBuffer> {
  const counter = new Uint8Array(16);
  counter.set(nonce);
  new DataView(counter.buffer).setUint32(12, block);
  return counter;
}

const idOf = (sealed: string): number => Number(sealed.split(":")[0]);
const toText = (bytes: Uint8Array): string => btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
const toBytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

const findKey = (id: number): Promise<CryptoKey | undefined> => inKeys<CryptoKey | undefined>("readonly", (keys) => keys.get(id), patienceMs);

/** Requests to the store of the keys, done when they are durable. What the last one gives. An open database would cost the page nothing, but is not needed. */
async function inKeys<Result>(mode: IDBTransactionMode, ask: (keys: IDBObjectStore) => IDBRequest<Result>, patience: number): Promise<Result> {
  const opening = indexedDB.open("latchkey", 1);
  opening.onupgradeneeded = () => void opening.result.createObjectStore("keys");
  await settled(opening, "success", patience);
  const database = opening.result;
  const transaction = database.transaction("keys", mode);
  const request = ask(transaction.objectStore("keys"));
  try {
    await settled(transaction, "complete", patience);
    return request.result;
  } finally {
    database.close();
  }
}

function settled(target: IDBOpenDBRequest | IDBTransaction, done: "success" | "complete", patience: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    setTimeout(reject, patience);
    target.addEventListener(done, resolve);
    for (const failed of ["error", "abort"]) target.addEventListener(failed, () => reject(target.error));
  });
}
