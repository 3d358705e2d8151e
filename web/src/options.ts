/**
 * The options of a chat, the same in three ways: `data-…` of the script tag, attributes of `<latchkey-chat>`, and the
 * argument of createChat. docs/embedding.md says what each means.
 */

/** The names of the attributes, of which only `bot` is required. */
export const optionNames = ["bot", "bot-integrity", "label", "language", "texts", "api-origins", "contact", "layout", "load", "base"] as const;

export type OptionName = (typeof optionNames)[number];
