/** The signs of media and cards, drawn for them. */
import type { TemplateResult } from "lit";
import { svg } from "./lit.js";

const draw = (...paths: string[]) => (): TemplateResult =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true">${paths.map((d) => svg`<path d=${d} />`)}</svg>`;

export const documentIcon = draw("M13.5 3.5H7a1.5 1.5 0 0 0-1.5 1.5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5Z", "M13.5 3.5v5h5", "M9 13h6M9 16.5h4");
export const brokenIcon = draw("M4 17V6.5A1.5 1.5 0 0 1 5.5 5H15M20 8v9.5a1.5 1.5 0 0 1-1.5 1.5H8", "m4 16 4.5-4.5 3 3", "m3 21 18-18");
export const linkIcon = draw("M14 5h5v5", "m19 5-8.5 8.5", "M17 14v3.5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 5 17.5v-9A1.5 1.5 0 0 1 6.5 7H10");
export const stepIcon = draw("m9.5 6 6 6-6 6");
