/**
 * The tabs of one origin that hold conversations with the same bot, over a BroadcastChannel.
 *
 * A conversation belongs to one tab. A tab that was duplicated, or opened by a page, finds a copy in its storage. A page
 * that goes away marks what it leaves behind, so a reload goes on at once; a copy of what a living page holds has no mark,
 * nor has what a crash left. Then the new page asks, and begins anew when the owner answers. When nobody does, it goes on
 * unless somebody was signed in: then it begins anew too, for the owner may live and be too busy to answer.
 *
 * Who signs out in one tab, or ends the chat, is signed out in all. A page in the back/forward cache hears nothing, for
 * that would cost its place there: it asks when it comes back.
 */
import type { Host } from "./host-interface.js";
import { beginning, held } from "./stored-record.js";
import type { TabStorage } from "./tab-storage.js";

/** A living tab answers within this. */
const patienceMs = 200;

/** The conversation `id` was left at an instant: has another tab got it? It has. The user signed out: in all tabs, or in that of `id`. */
type Message = [what: "asked" | "taken" | "signedOut", id?: string | undefined, left?: number];

/** What happens to the conversation in this tab. */
export interface Member {
  /** the page is there again */
  wake(): void;
  /** what is known of it is of no use, and what is stored cannot be read yet */
  blank(): void;
  /** what is known of it is to be replaced by what is stored */
  rejoin(): void;
  /** the user signed out in another tab */
  endElsewhere(): void;
}

/**
 * Resolves when what is stored is this tab's own and can be read: at once, unless it may be a copy of another's. What it gives tells the
 * other tabs that the user signed out in this one. `stop` is how the chat goes away while its page stays.
 */
export async function joinTabs(name: string, host: Host & Pick<TabStorage, "unlock">, member: Member, stop: AbortSignal): Promise<() => void> {
  let channel: BroadcastChannel | null = null;
  let joined = false;
  let hearing = false;
  let signedOutAt = 0;
  let marked: string | null;

  const record = () => beginning.exec(host.load() ?? "") ?? [];
  /** A browser that lets the page store nothing may refuse this too. */
  const connect = () => {
    try {
      return new BroadcastChannel(name);
    } catch {
      return null;
    }
  };
  /** Also of a page that goes away: its listeners may end the chat after it has left. */
  const tell = (...message: Message) => {
    const way = channel ?? connect();
    way?.postMessage(message);
    if (!channel) way?.close();
  };

  const hear = ([what, id, left = 0]: Message) => {
    const mine = id && id === record()[2];
    if (what === "asked") {
      if (mine) tell("taken", id);
      else if (signedOutAt > left) tell("signedOut", id);
    } else if (what === "signedOut") {
      if (!id) signedOutAt = host.now();
      hearing = true;
      if (!id || mine) member.endElsewhere();
      hearing = false;
    } else if (mine) {
      host.save("");
      if (joined) member.rejoin();
    }
  };

  /** Asks whether another tab has what is stored. */
  const open = () => {
    const [, , id, digits] = record();
    const left = Number(digits);
    channel = connect();
    if (channel) channel.onmessage = ({ data }) => hear(data as Message);
    tell("asked", id, left);
    return left;
  };

  const mark = (left: number) => {
    const text = host.load();
    host.save((marked = text && text.replace(beginning, `$1${left}`)));
  };

  // What others answer is for a conversation that goes on.
  await host.unlock();
  if (open() === held) {
    await new Promise((resolve) => setTimeout(resolve, patienceMs));
    if (host.load()?.includes('"authenticated":true')) host.save("");
  }
  joined = true;
  const leave = () => {
    channel?.close();
    channel = null;
    mark(host.now());
  };
  if (stop.aborted) leave();
  stop.addEventListener("abort", leave);
  addEventListener("pagehide", leave, { signal: stop });
  addEventListener("pageshow", async ({ persisted }) => {
    if (!persisted) return;
    if (host.load() === marked) {
      open();
      mark(held);
      // Not before: what came due meanwhile is for the conversation as it is stored now.
      return member.wake();
    }
    // Another page of this tab has gone on with the conversation, or ended it.
    member.blank();
    await host.unlock();
    open();
    member.rejoin();
  }, { signal: stop });
  return () => {
    // What was heard is no news.
    if (hearing) return;
    signedOutAt = host.now();
    tell("signedOut");
  };
}
