import type { Option } from "../../protocol.js";
import { cardsOnOffer, type Transcript } from "../../transcript.js";

/** A button that can be pressed now. */
export interface Button extends Option {
  /** title of the card that it is on; null: it answers the question */
  card: string | null;
}

/** The question's buttons, then those of the cards. */
export function buttonsOnOffer(transcript: Transcript): Button[] {
  const ofQuestion = transcript.ask?.options ?? [];
  const cards = cardsOnOffer(transcript).flatMap((entry) => (entry.from === "bot" && entry.message.kind === "cards" ? entry.message.cards : []));
  return [
    ...ofQuestion.map((option) => ({ ...option, card: null })),
    ...cards.flatMap(({ title, buttons = [] }) => buttons.flatMap((button) => ("url" in button ? [] : [{ ...button, card: title }]))),
  ];
}
