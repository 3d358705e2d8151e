/** What is pressed in the chat. */

/** Whether the key belongs to an input method. Safari has ended the composition when it tells of the key that did so: only its old code is left. */
export const composes = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

/** Keeps a key from the page: its shortcuts cannot see that somebody writes in a field of the chat. */
export const keep = (event: Event): void => event.stopPropagation();
