/**
 * How wide a text is, by and large: nobody can measure it before it is drawn, and each system has another font. The
 * widths are those of DejaVu Sans, which is the widest of the usual ones.
 */
import { isWide } from "../wide.js";

const widths: readonly (readonly [RegExp, number])[] = [
  [/\p{M}|[\u200b-\u200f\ufe00-\ufe0f]/u, 0],
  [/[ijlI|.,:;'‘’!]/, 0.34],
  [/[ftr()[\]{}/\\"“” -]/, 0.42],
  [/[mwMWQO@%&–—…≤≥<>=+⇄]/, 0.92],
  [/\p{Lu}/u, 0.71],
  [/[\p{Ll}\p{Nd}_]/u, 0.625],
];
const anyOther = 0.75;
/** A bold letter is that much wider. */
const boldFactor = 1.12;

/** Of a character that takes the room of two. */
const wide = 1.15;

const widthOf = (character: string) => isWide(character) ? wide : widths.find(([pattern]) => pattern.test(character))?.[1] ?? anyOther;

/** In pixels, for a font of `size` pixels. */
export function textWidth(text: string, size: number, bold = false): number {
  const em = Array.from(text).reduce((sum, character) => sum + widthOf(character), 0);
  return em * size * (bold ? boldFactor : 1);
}
