const wide = /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Whether a character is as wide as two letters: emoji and the scripts of East Asia. */
export function isWide(character: string): boolean {
  return wide.test(character);
}
