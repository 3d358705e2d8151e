/** The tab's storage; when it is disabled, full or throws, the page's memory. What is sensitive is sealed in it. */
import type { Host } from "./host-interface.js";
import { loadBeside } from "./load-beside.js";
import { isSealed, sealedIn } from "./stored-record.js";
import type { Vault, VaultModule } from "./vault-module.js";

export interface TabStorage extends Required<Pick<Host, "load" | "save" | "seal" | "unseal">> {
  /** Resolves when the record that is stored now can be read, as far as it ever can. */
  unlock(): Promise<void>;
}

export function createTabStorage(key: string): TabStorage {
  let memory: string | null = null;
  let opening: Promise<void> | undefined;
  let vault: Vault | null = null;
  /** what was sealed last, or can be read, until it is */
  const known = new Map<string, string>();

  const nameOf = (part?: number) => (part === undefined ? key : `${key}/${part}`);

  const load = (part?: number) => {
    try {
      return (part === undefined ? memory : null) ?? sessionStorage.getItem(nameOf(part));
    } catch {
      return part === undefined ? memory : null;
    }
  };
  const save = (text: string | null, part?: number) => {
    const isRecord = part === undefined;
    if (isRecord) memory = null;
    try {
      if (isRecord && !text) {
        // Parts without their record are of no use, and may be another person's.
        known.clear();
        partsOf(key).forEach((name) => sessionStorage.removeItem(name));
      }
      if (text === null) sessionStorage.removeItem(nameOf(part));
      else sessionStorage.setItem(nameOf(part), text);
      return true;
    } catch {
      if (!isRecord) return false;
      memory = text;
      forgetStale(key);
      return false;
    }
  };
  /** Opens the vault with the key of what is stored. What went wrong is tried again with the next that is to be sealed. */
  const open = (sealed?: string) => (opening ??= loadBeside<VaultModule>("vault")
    .then((module) => module?.openVault(sealed))
    .then((opened) => (vault = opened ?? null), () => {})
    .then(() => void (vault || (opening = undefined))));

  return {
    load,
    save,
    seal(text, ready) {
      if (!isUsable()) return null;
      if (!vault) {
        void open(sealedIn(load() ?? "")).then(() => vault && ready());
        return null;
      }
      const sealed = vault.seal(text);
      known.clear();
      if (sealed) known.set(sealed, text);
      else vault.refilled.then(ready, () => {});
      return sealed;
    },
    unseal(sealed) {
      const text = known.get(sealed) ?? null;
      known.delete(sealed);
      return text;
    },
    async unlock() {
      const stored = [sealedIn(load() ?? "") ?? [], sealedParts(key)].flat();
      for (const sealed of known.keys()) if (!stored.includes(sealed)) known.delete(sealed);
      const unread = stored.filter((sealed) => !known.has(sealed));
      if (!unread.length) return;
      await open(unread[0]);
      await Promise.all(unread.map(async (sealed) => {
        const text = await vault?.unseal(sealed).catch(() => null);
        if (text) known.set(sealed, text);
      }));
    },
  };
}

/** Where it is not, nothing is stored, nor need be sealed. */
function isUsable(): boolean {
  try {
    return Boolean(sessionStorage);
  } catch {
    return false;
  }
}

const partsOf = (key: string): string[] => Object.keys(sessionStorage).filter((name) => name.startsWith(`${key}/`));

function sealedParts(key: string): string[] {
  try {
    return partsOf(key).map((name) => sessionStorage.getItem(name)!).filter(isSealed);
  } catch {
    return [];
  }
}

/** What could not be replaced must not come back after a reload as if it were the newest. */
function forgetStale(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Storage that refuses this holds nothing of ours.
  }
}
