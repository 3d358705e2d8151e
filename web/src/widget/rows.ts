/** What the message list shows, in order, as a pure function of the transcript. */
import { isSecured, type Entry, type Transcript } from "../transcript.js";

/** What somebody said. */
export type Spoken = Exclude<Entry, { from: "notice" }>;

type Notice = Extract<Entry, { from: "notice" }>["notice"];

/** `key` is the first entry of the row: as long as that is shown, the row is the same one. */
export type Row =
  /** messages of one side that follow each other */
  | { row: "bubbles"; key: Entry; from: "bot" | "user"; entries: Spoken[] }
  | { row: "notice"; key: Entry; notice: Notice | "concealed" };

/** Whether what was said in secured dialogs is hidden now. */
export function conceals({ authenticated, finished }: Transcript): boolean {
  return !authenticated && finished === null;
}

/** What was said in secured dialogs is shown only while the user is signed in: otherwise a notice stands in its place. */
export function rowsOf(transcript: Transcript): Row[] {
  const concealing = conceals(transcript);
  const rows: Row[] = [];
  for (const entry of transcript.entries) {
    const last = rows.at(-1);
    if (concealing && isSecured(entry)) {
      if (last?.row !== "notice" || last.notice !== "concealed") rows.push({ row: "notice", key: entry, notice: "concealed" });
    } else if (entry.from === "notice") {
      rows.push({ row: "notice", key: entry, notice: entry.notice });
    } else {
      if (last?.row === "bubbles" && last.from === entry.from && isSecured(last.key) === isSecured(entry)) last.entries.push(entry);
      else rows.push({ row: "bubbles", key: entry, from: entry.from, entries: [entry] });
    }
  }
  return rows;
}
