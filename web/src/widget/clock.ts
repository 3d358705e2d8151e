/** Instants as the user's clock and calendar show them. */

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes longer than its work. */
function format(locale: string, options: Intl.DateTimeFormatOptions, at: number): string {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, known);
  return known.format(at);
}

let begin = 0;
let end = 0;

/** The beginning of the day that the instant is in. */
export function dayOf(at: number): number {
  if (at < begin || at >= end) {
    begin = new Date(at).setHours(0, 0, 0, 0);
    end = new Date(at).setHours(24, 0, 0, 0);
  }
  return begin;
}

/** The instant's time. */
export const timeOf = (at: number, locale: string): string => format(locale, { timeStyle: "short" }, at);

/** The same with the day when it is neither today nor within half a day: shortly before midnight 0:20 is clear. */
export function momentOf(at: number, locale: string): string {
  const now = Date.now();
  const isClear = dayOf(at) === dayOf(now) || at - now < dayMs / 2;
  return isClear ? timeOf(at, locale) : format(locale, { dateStyle: "medium", timeStyle: "short" }, at);
}

/** "Today", "Yesterday", or the date. */
export function dayName(at: number, today: number, locale: string): string {
  // A day may have 23 hours, or 25.
  const ago = Math.round((today - dayOf(at)) / dayMs);
  if (ago !== 0 && ago !== 1) return format(locale, { dateStyle: "full" }, at);
  const [first = "", ...rest] = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-ago, "day");
  return first.toLocaleUpperCase(locale) + rest.join("");
}
