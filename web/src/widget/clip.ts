/** The longest message, in UTF-16 code units: what a regular expression of a bot may see at most. */
export const longestMessage = 4096;

/** `text`, cut to `longestMessage` between two characters as a reader sees them. */
export function clip(text: string): string {
  if (text.length <= longestMessage) return text;
  const segments = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text);
  // A single character that is longer than a whole message is cut inside.
  return text.slice(0, segments.containing(longestMessage)?.index || longestMessage);
}
