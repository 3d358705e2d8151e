/** What the message list shows, in order, as a pure function of the transcript. */
import { isSecured, type Entry, type Transcript } from "../transcript.js";

type Notice = Extract<Entry, { from: "notice" }>["notice"];

export type Row =
  /** messages of one side that follow each other */
  | { row: "bubbles"; from: "bot" | "user"; texts: string[] }
  | { row: "notice"; notice: Notice | "concealed" };

/** What was said in secured dialogs is shown only while the user is signed in: otherwise a notice stands in its place. */
export function rowsOf(transcript: Transcript): Row[] {
  const concealing = !transcript.authenticated && transcript.finished === null;
  const rows: Row[] = [];
  for (const entry of transcript.entries) {
    const last = rows.at(-1);
    if (concealing && isSecured(entry)) {
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
