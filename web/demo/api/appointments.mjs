/**
 * The bike workshop: free times, and bookings. A booking comes with a key of the client's own: the same key again is
 * answered with the same booking, so that a client that heard nothing may simply ask again.
 */
import { randomInt } from "node:crypto";
import { dayAfter, isDay } from "../days.mjs";
import { isVisible, refusal, tooManyAttempts } from "./answers.mjs";
import { jsonOf, plainText } from "./request-json.mjs";

/** @typedef {import("node:sqlite").DatabaseSync} Database */

const timesOfDay = ["09:00", "10:30", "13:00", "14:30", "16:00"];
const sunday = 0;
const slotsOffered = 3;
const daysAhead = 60;
/** Bookings that one address may make within the window of the attempt limits. */
const bookingsPerAddress = 20;
const longestKey = 64;
const referenceCharacters = "BCDFGHJKLMNPQRSTVWXYZ23456789";

/** The first free times from a day on: `from=2026-01-31`. @type {import("./answers.mjs").Handler} */
export function freeSlots(request, { database, now }) {
  const from = new URLSearchParams((request.url ?? "").split("?", 2)[1]).get("from") ?? "";
  const last = dayAfter(now(), daysAhead);
  if (!isDay(from)) return refusal(400, "badRequest", "Give the first day as from=2026-01-31.");
  const slots = [];
  const today = dayAfter(now(), 0);
  for (let day = from < today ? today : from; day <= last && slots.length < slotsOffered; day = dayAfter(Date.parse(day), 1)) {
    slots.push(...slotsOf(day).filter((start) => isFree(database, start, now())).map((start) => ({ start })));
  }
  return { status: 200, body: { slots: slots.slice(0, slotsOffered) } };
}

/** @type {import("./answers.mjs").Handler} */
export async function book(request, { database, limits, now }) {
  const key = String(request.headers["idempotency-key"] ?? "");
  if (!isVisible(key, longestKey)) return refusal(400, "badRequest", "Send a key of your own as Idempotency-Key.");
  const body = await jsonOf(request);
  if ("refused" in body) return body.refused;
  const earlier = database.prepare("SELECT reference, start FROM appointments WHERE key = ?").get(key);
  if (earlier) return { status: 200, body: { ...earlier } };
  const wish = wishOf(body.fields);
  if (!wish) return refusal(422, "badBooking", "The booking needs a service, one to four bikes, a time, a name, an e-mail address and a phone number.");
  if (!isOffered(wish.start, now()) || !isFree(database, wish.start, now())) {
    return refusal(409, "taken", "This time is not free any more.");
  }
  const waitSeconds = limits.take(`booking:${request.socket.remoteAddress}`, bookingsPerAddress, now());
  if (waitSeconds > 0) return tooManyAttempts(waitSeconds);
  const reference = newReference();
  database.prepare("INSERT INTO appointments (reference, key, start, details) VALUES (?, ?, ?, ?)")
    .run(reference, key, wish.start, JSON.stringify(wish));
  return { status: 201, body: { reference, start: wish.start } };
}

/** @type {(day: string) => string[]} */
function slotsOf(day) {
  return new Date(day).getUTCDay() === sunday ? [] : timesOfDay.map((time) => `${day}T${time}:00Z`);
}

/** @type {(start: string, now: number) => boolean} */
function isOffered(start, now) {
  const day = start.slice(0, 10);
  return isDay(day) && slotsOf(day).includes(start) && day <= dayAfter(now, daysAhead);
}

/** @type {(database: Database, start: string, now: number) => boolean} */
function isFree(database, start, now) {
  return Date.parse(start) > now && !database.prepare("SELECT 1 FROM appointments WHERE start = ?").get(start);
}

/** What is asked for, or null when something of it is missing or wrong. @param {Record<string, unknown>} fields */
function wishOf({ service, bikes, start, name, email, phone, photo, firstVisit, reminder }) {
  const wish = {
    service: plainText(service, 3, 200), bikes: Number.isInteger(bikes) && Number(bikes) >= 1 && Number(bikes) <= 4 ? bikes : null,
    start: plainText(start, 20, 20), name: plainText(name, 2, 80), email: plainText(email, 3, 254), phone: plainText(phone, 8, 16),
    photo: typeof photo === "string" && URL.canParse(photo) ? photo : "", firstVisit: firstVisit === true, reminder: reminder === true,
  };
  return Object.values(wish).includes(null) ? null : { ...wish, start: wish.start ?? "" };
}

/** Easy to say on the phone: no vowels, nothing that looks like something else. */
function newReference() {
  return Array.from({ length: 6 }, () => referenceCharacters[randomInt(referenceCharacters.length)]).join("");
}
