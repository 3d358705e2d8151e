/**
 * A secret of the same form that is not the right one: of its longest run of letters and digits the last is another.
 * In a date that is the year's: the day, and nearly always the 29th of February, is there in the other year too.
 */
export function wrongSecretFor(secret: string): string {
  const [run] = [...secret.matchAll(/[a-z0-9]+/gi)].sort(([a], [b]) => b.length - a.length);
  if (!run) return `${secret}x`;
  const at = run.index + run[0].length - 1;
  return secret.slice(0, at) + otherThan(secret[at]!) + secret.slice(at + 1);
}

function otherThan(character: string): string {
  if (/\d/.test(character)) return String(Number(character) < 5 ? Number(character) + 4 : Number(character) - 4);
  const isUpper = character < "a";
  const other = /a/i.test(character) ? "b" : "a";
  return isUpper ? other.toUpperCase() : other;
}
