/** The example bots: how their files are served, and what their pages say. */
import { readFile } from "node:fs/promises";
import { testCustomers, tutorialCustomers } from "./test-customers.mjs";
import { testParcels } from "./test-parcels.mjs";

/**
 * @typedef {object} ExampleBot
 * @property {string} name of its file, without the ending
 * @property {string} title
 * @property {string} page where a visitor tries it
 * @property {string} summary one sentence
 * @property {string[]} shows what to look for in its file
 * @property {string[]} tries what to try in the chat
 * @property {{ caption: string, head: string[], typed: number, rows: string[][] }} [credentials] typed: how many of the
 *   columns, from the first, are typed into the chat
 */

const botsFolder = new URL("bots/", import.meta.url);
/** The origin of the customer API that the bot files name. */
export const apiOriginInBots = "http://localhost:8081";

/** @type {Record<string, string>} */
const stateText = { onTheWay: "on the way", outForDelivery: "out for delivery", delivered: "delivered" };

/** @type {readonly ExampleBot[]} */
export const exampleBots = [
  {
    name: "tutorial", title: "The tutorial", page: "/examples/tutorial",
    summary: "The smallest bot with a secured dialog: it asks for a customer ID and has an API verify it.",
    shows: [
      "One question, one API request, one condition, one lock: the whole idea in five dialogs.",
      "A comment at each step of docs/tutorial.md, with its number.",
      "What is still missing before it goes live, and why check warns.",
    ],
    tries: ["Give the ID C-1001: the secured dialog opens for 30 minutes.", "Give another one, such as C-9: you are helped on, three ways."],
    credentials: { caption: "IDs that the API knows", head: ["Customer ID"], typed: 1, rows: tutorialCustomers.map((id) => [id]) },
  },
  {
    name: "acme-bank", title: "Acme Bank", page: "/",
    summary: "A bank: balances, transactions and payments, for five minutes after signing in by ID and passcode.",
    shows: [
      "authenticationCheck “everyTurn” and resumePending: after the timeout the customer signs in again and goes on at the same question.",
      "subject and forget: another customer sees nothing of the one before.",
      "A payment in two steps, never sent twice, whatever happens on the way.",
      "maxAttempts with a dialog for those who are locked out; signing out.",
    ],
    tries: [
      "Sign in, start a payment, let five minutes pass in the developer view, and go on.",
      "Sign in as one customer, let the time pass, and sign in as another.",
    ],
    credentials: {
      caption: "Customers", head: ["Customer ID", "Passcode", "Name"], typed: 2,
      rows: testCustomers.slice(0, 2).map(({ id, passcode, name }) => [id, passcode, name]),
    },
  },
  {
    name: "parcel-service", title: "Lark Parcels", page: "/examples/parcel-service",
    summary: "A parcel service: anybody with the number may track a parcel, the receiver may change its delivery.",
    shows: [
      "A pattern for the number, and filters that bring it into one form.",
      "A public request with retry and fallback beside a secured dialog with a token.",
      "Postcode and code as credentials; a lock after three wrong ones; a PUT that is safe to repeat.",
      "A map with an alternative text, a document, a delay, events for the page, data for a person.",
    ],
    tries: [
      "Track LK20481735, then change its delivery.",
      "Write a number in small letters or with a space, or one that does not exist.",
      "Ask for a return label.",
    ],
    credentials: {
      caption: "Parcels", head: ["Number", "Postcode", "Code", "State"], typed: 3,
      rows: testParcels.map(({ number, postcode, code, state }) => [number, postcode, code, stateText[state]]),
    },
  },
  {
    name: "appointment", title: "Spindle Bikes", page: "/examples/appointment",
    summary: "A bike workshop: a form that uses every type of attribute, and books an appointment.",
    shows: [
      "text, number, boolean, date, email, phone, url, list and json, each with its validation.",
      "skipIfSet: to correct one answer, clear it and enter the form again.",
      "Free times from an API as buttons, printed by paths and filters.",
      "A POST that may be repeated, because it carries a key.",
    ],
    tries: [
      "Book an appointment, and change one answer in the summary.",
      "Give a wrong e-mail address, five bikes, or a day that is over.",
      "Book twice: the second time is another one.",
    ],
  },
  {
    name: "faq", title: "Riverside Library", page: "/examples/faq",
    summary: "Answers to the usual questions, by keywords and cards. No API.",
    shows: [
      "Keywords on dialogs; whatever equals none gets an honest answer and the topics.",
      "Cards with images, with buttons that ask and buttons that lead out of the chat.",
      "Markdown in answers: lists, links, strong text and code.",
      "Variations, and a session that expires after 20 quiet minutes.",
    ],
    tries: ["Press a card's button, or write “wifi”, “renew” or “When are you open?”.", "Ask for something that a library does not have."],
  },
];

/**
 * The text of `/bots/<file>` with the origin of the customer API that runs, or null when the file is no example's.
 * @type {(file: string, apiOrigin: string) => Promise<string | null>}
 */
export async function exampleBotFile(file, apiOrigin) {
  const name = file.replace(/(\.conversations)?\.json$/, "");
  if (name === file || !exampleBots.some((bot) => bot.name === name)) return null;
  const text = await readFile(new URL(file, botsFolder), "utf8");
  return name === "tutorial" ? tutorialAt(text, apiOrigin) : text.replaceAll(apiOriginInBots, apiOrigin);
}

/**
 * The tutorial's bot is that of the docs, word for word: its API is one of an example domain, and it has the ID of the
 * bank's bot, with which it would share its conversation in the browser.
 * @type {(text: string, apiOrigin: string) => string}
 */
function tutorialAt(text, apiOrigin) {
  return text
    .replaceAll("https://api.acme.example/customers/", `${apiOrigin}/tutorial/customers/`)
    .replaceAll("https://api.acme.example", apiOrigin)
    .replace('"id": "acme-bank"', '"id": "tutorial"');
}
