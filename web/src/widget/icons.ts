/** The few signs of the widget, drawn for it. Each stands beside a text or in a button that has a name. */
import { svg, type TemplateResult } from "lit";

const draw = (...paths: string[]): TemplateResult =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true">${paths.map((d) => svg`<path d=${d} />`)}</svg>`;

export const lockIcon = draw("M7 11V8a5 5 0 0 1 10 0v3", "M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z", "M12 14.5v2.5");
export const unlockIcon = draw("M7 11V8a5 5 0 0 1 9.6-2", "M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z", "M12 14.5v2.5");
export const closeIcon = draw("m6 9.5 6 6 6-6");
export const downIcon = draw("M12 5v13.5", "m6 12.5 6 6 6-6");
export const moreIcon = draw("M4.7 12h.8M11.6 12h.8M18.5 12h.8", "M4.7 12.4h.8M11.6 12.4h.8M18.5 12.4h.8");
export const sendIcon = draw("M12 19V5.5", "m6 11.5 6-6 6 6");
export const showIcon = draw("M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z", "M15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z");
export const hideIcon = draw("M9.9 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.6 3.3M6.2 7.3A15.6 15.6 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.5-1.2", "M9.9 9.9a3 3 0 0 0 4.2 4.2", "m4 4 16 16");
