/** Days as texts, YYYY-MM-DD, in UTC. */

const dayMs = 86_400_000;

/** The day that lies `days` after (or, below zero, before) an instant. @type {(instant: number, days: number) => string} */
export function dayAfter(instant, days) {
  return new Date(instant + days * dayMs).toISOString().slice(0, 10);
}

/** Whether the text is a day of the calendar. @param {string} text */
export function isDay(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && dayAfter(Date.parse(text), 0) === text;
}
