/** What the message list shows, in order, as a pure function of the transcript. */
import type { Entry, Transcript } from "../transcript.js";

type Notice = Extract<Entry, { from: "notice" }>["notice"];

export type Row =
  /** messages of one side that follow each other */
  | { row: "bubbles"; from: "bot" | "user"; texts: string[] }
  | { row: "notice"; notice: Notice | "concealed" };

const endsSignedIn = new Set<Notice>(["signedOut", "newSession", "handedOver", "ended", "restarted"]);

/**
 * What was said while somebody was signed in is shown only while they are: afterwards a notice stands in its place.
 * What the last turn of that time said stays, for nobody would ever have read it.
 */
export function rowsOf(transcript: Transcript): Row[] {
  const concealed = transcript.authenticated ? new Set<Entry>() : concealedEntries(transcript.entries);
  const rows: Row[] = [];
  for (const entry of transcript.entries) {
    const last = rows.at(-1);
    if (concealed.has(entry)) {
      if (last?.row !== "notice" || last.notice !== "concealed") rows.push({ row: "notice", notice: "concealed" });
    } else if (entry.from === "notice") {
      rows.push({ row: "notice", notice: entry.notice });
    } else {
      const text = entry.from === "bot" ? entry.message.text : entry.text;
      if (last?.row === "bubbles" && last.from === entry.from) last.texts.push(text);
      else rows.push({ row: "bubbles", from: entry.from, texts: [text] });
    }
  }
  return rows;
}

function concealedEntries(entries: readonly Entry[]): Set<Entry> {
  const concealed = new Set<Entry>();
  let signedIn: Entry[] | null = null;
  for (const entry of entries) {
    if (entry.from !== "notice") {
      signedIn?.push(entry);
    } else if (entry.notice === "signedIn") {
      signedIn ??= [];
    } else if (signedIn && endsSignedIn.has(entry.notice)) {
      for (const said of signedIn) if (said.at !== entry.at) concealed.add(said);
      signedIn = null;
    }
  }
  for (const said of signedIn ?? []) concealed.add(said);
  return concealed;
}
