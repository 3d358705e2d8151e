/** How much of a token can be guessed, and tokens that nobody issued. */

/** What `one` does not share with `two`. Five characters in a row may be alike by chance, and two at the edge of more; a UUID's dashes always are. */
export function ownPart(one: string, two: string): string {
  const alike = Array.from(one, (character, at) => (character === two[at] && character !== "-" ? "=" : " ")).join("");
  const shared = alike.replaceAll(/={6,}/g, (run) => "-".repeat(run.length - 2).padEnd(run.length));
  return Array.from(one).filter((_, at) => shared[at] !== "-").join("");
}

/** How many bits a random text of this length and these kinds of characters holds. */
export function bitsOf(text: string): number {
  if (/^[0-9]*$/.test(text)) return text.length * Math.log2(10);
  if (/^[0-9a-f-]+$/i.test(text)) return text.replaceAll("-", "").length * 4;
  return text.length * 6;
}

/** The token with another first character, and with another one in the middle of its last part, where a JWT has its signature. */
export function forgedFrom(token: string): string[] {
  const last = token.lastIndexOf(".") + 1;
  return [0, Math.floor((last + token.length) / 2)].map((at) => token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1));
}
