/** What the header says below the bot's name: who is signed in, until when, and the button that signs out. */
import { html, type TemplateResult } from "lit";
import type { Transcript } from "../transcript.js";
import { fill, type Words } from "../words.js";
import { momentOf } from "./clock.js";
import { lockIcon } from "./icons.js";
import { namesSomebody } from "./sign-in.js";

export function standing({ authenticated, authenticationExpiresAt, subject }: Transcript, texts: Words, endsSoon: boolean, signOut: () => void): TemplateResult {
  if (!authenticated) return html`<p>${texts.subtitle}</p>`;
  const until = authenticationExpiresAt && momentOf(Date.parse(authenticationExpiresAt), texts.locale);
  const isNamed = namesSomebody(subject);
  const text = !until ? (isNamed ? texts.signedInAs : texts.signedIn)
    : endsSoon ? texts.signInEnds
    : isNamed ? texts.signedInAsUntil : texts.signedInUntil;
  // Isolated, for a name may be written in the other direction. Signs of its own for that could end the isolation.
  const told = fill(fill(text, until ?? "", "time"), `\u2068${subject?.replace(/[\u202a-\u202e\u2066-\u2069]/g, "")}\u2069`, "subject");
  return html`<p class="signed-in ${endsSoon ? "soon" : ""}">${lockIcon}<span>${told}</span></p>
    <button type="button" @click=${signOut}>${texts.signOut}</button>
    <p class="unseen" role="status">${endsSoon ? told : ""}</p>`;
}
