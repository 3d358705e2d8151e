/** Milliseconds since the epoch of `2026-01-05T09:00:00Z` (or with `.000`), or null. */
export function parseInstant(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(text)) return null;
  const instant = Date.parse(text);
  // Date.parse takes the 30th of February for the 2nd of March.
  const real = !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text.slice(0, 10));
  return real ? instant : null;
}

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `90s`, `1.5s`, `30m`, `500ms`, `12h` or `2d`, or null. */
export function parseDuration(text: string): number | null {
  const [, count, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const ms = Math.round(Number(count) * (units[unit] ?? NaN));
  return Number.isSafeInteger(ms) ? ms : null;
}
