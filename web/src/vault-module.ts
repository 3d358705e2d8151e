/** What the tab's storage asks of the vault, which it loads when something sensitive is to be stored. */
export interface Vault {
  /** The text as only this browser can read it; null when that takes a moment: `refilled` resolves when it will do. */
  seal(text: string): string | null;
  readonly refilled: Promise<void>;
  /** What was sealed; rejects when the key is gone. */
  unseal(sealed: string): Promise<string>;
}

/** The exports of latchkey-vault.js. */
export interface VaultModule {
  /** Rejects where the browser has no WebCrypto, or no IndexedDB for the page that answers. `sealed`: what its key is taken from; else it has a new one. */
  openVault(sealed: string | undefined): Promise<Vault>;
}
