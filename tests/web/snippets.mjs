/** What the docs show in blocks of code. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** The blocks of a page that are in the language, as text. */
export function blocks(path, language) {
  const all = readFileSync(join(root, path), "utf8").matchAll(/```(\w+)\n([^]*?)```/g);
  return [...all].filter(([, its]) => its === language).map(([, , text]) => text);
}

/** The examples of docs/elements.md: each a bot, and the steps of its conversation. */
export function elementExamples() {
  const [shared, ...pieces] = blocks("docs/elements.md", "json").map((text) => JSON.parse(text));
  if (pieces.length % 2 !== 0) throw new Error("docs/elements.md has an example without its conversation.");
  return pieces.filter((_, i) => i % 2 === 0).map((piece, i) => {
    const example = Array.isArray(piece) ? { dialogs: [{ id: "default", elements: piece }] } : piece;
    return { bot: { latchkey: 1, id: "example", ...example, attributes: [...shared, ...example.attributes ?? []] }, steps: pieces[2 * i + 1] };
  });
}
