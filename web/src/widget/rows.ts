/** What the message list shows, in order, as a pure function of the transcript. */
import { isSecured, type Entry, type Notice, type Spoken, type Transcript } from "../transcript.js";

/** After a pause as long as this, what is said begins a group of its own, and the one before has its time. */
const pauseMs = 5 * 60_000;

interface RowBase {
  /** the first entry of the row: as long as that is shown, the row is the same one */
  key: Entry;
  /** an instant of the day that begins with the row */
  day: number | undefined;
}

/** Messages of one side that follow each other. */
export interface Bubbles extends RowBase {
  row: "bubbles";
  from: "bot" | "user";
  entries: Spoken[];
  /** when the last of them was said, where that is to be shown */
  time: number | undefined;
}

export type Row = Bubbles | (RowBase & { row: "notice"; notice: Notice | "concealed" });

/** Whether what was said in secured dialogs is hidden now. */
export function conceals({ authenticated, finished }: Transcript): boolean {
  return !authenticated && finished === null;
}

/** Whether the buttons of the open question are hidden with it: their labels may tell as much. */
export function concealsQuestion(transcript: Transcript): boolean {
  const asked = transcript.entries.findLast(({ from }) => from === "bot");
  return conceals(transcript) && asked !== undefined && isSecured(asked);
}

/**
 * What was said in secured dialogs is shown only while the user is signed in: otherwise a notice stands in its place.
 * `dayOf` tells the days apart.
 */
export function rowsOf(transcript: Transcript, dayOf: (at: number) => number = () => 0): Row[] {
  const concealing = conceals(transcript);
  const rows: Row[] = [];
  let day: number | undefined;
  let spoken: Bubbles | undefined;
  for (const entry of transcript.entries) {
    const last = rows.at(-1);
    const isConcealed = concealing && isSecured(entry);
    if (isConcealed && last?.row === "notice" && last.notice === "concealed") continue;
    const today = dayOf(entry.at);
    const base = { key: entry, day: today === day ? undefined : entry.at };
    day = today;
    if (isConcealed || entry.from === "notice") {
      rows.push({ row: "notice", ...base, notice: entry.from === "notice" ? entry.notice : "concealed" });
      continue;
    }
    const pauses = spoken && entry.at - timeOf(spoken) >= pauseMs;
    if (spoken && spoken === last && !pauses && base.day === undefined && spoken.from === entry.from && isSecured(spoken.key) === isSecured(entry)) {
      spoken.entries.push(entry);
      continue;
    }
    if (pauses) spoken!.time = timeOf(spoken!);
    rows.push((spoken = { row: "bubbles", ...base, from: entry.from, entries: [entry], time: undefined }));
  }
  if (spoken && !transcript.typing) spoken.time = timeOf(spoken);
  return rows;
}

const timeOf = ({ entries }: Bubbles): number => entries.at(-1)!.at;

/** Whether two rows of one key show the same. */
export function isSame(a: Row, b: Row): boolean {
  if (a.day !== b.day) return false;
  if (a.row === "bubbles") return b.row === "bubbles" && a.time === b.time && a.entries.length === b.entries.length;
  return b.row === "notice" && a.notice === b.notice;
}
