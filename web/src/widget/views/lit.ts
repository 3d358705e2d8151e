/** Lit, as the chat hands it over, and what all views need. */
import type { Lit } from "../view-module.js";

export let html: Lit["html"];
export let svg: Lit["svg"];
export let nothing: Lit["nothing"];

/** Takes Lit, and puts the views' style sheet into `root`. */
export function enterWith(styles: string, root: ShadowRoot, lit: Lit): void {
  ({ html, svg, nothing } = lit);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
