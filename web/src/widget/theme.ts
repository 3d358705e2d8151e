/** Style sheets of the widget as Lit takes them; the build hands over each file as text. */
import { unsafeCSS } from "lit";
import themeText from "./theme.css";

/** Colours, and what all views share. */
export const theme = unsafeCSS(themeText);

export const sheet = unsafeCSS;
