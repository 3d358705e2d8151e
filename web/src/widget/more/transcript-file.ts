/** What was said, as a text file for the visitor. Everything in it is masked already. */
import { spokenEntries, textOf, type Transcript } from "../../transcript.js";

export interface TranscriptFileOptions {
  botName: string;
  /** what the user is called */
  you: string;
  locale: string;
  now: number;
}

export function transcriptFile(transcript: Transcript, { botName, you, locale, now }: TranscriptFileOptions): { name: string; text: string } {
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "full" });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
  const lines = [botName];
  let day = "";
  for (const entry of spokenEntries(transcript)) {
    const itsDay = days.format(entry.at);
    if (itsDay !== day) lines.push("", (day = itsDay));
    lines.push("", `${entry.from === "bot" ? botName : you}, ${times.format(entry.at)}`, textOf(entry));
  }
  return { name: `${fileName(botName)} ${new Date(now).toISOString().slice(0, 10)}.txt`, text: `${lines.join("\n")}\n` };
}

/** What no file system refuses. */
function fileName(words: string): string {
  return words.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim().slice(0, 60) || "chat";
}
