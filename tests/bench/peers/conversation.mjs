/**
 * The conversation that every engine is timed with: a greeting, the question for the customer ID, an ID that the bank's
 * API refuses (401), a second try, one that it knows (200), two texts, ten choices of a menu of three buttons, the end.
 * The API is answered inside the process.
 */

export const verify = (customerId) => (customerId === "C-1001" ? 200 : 401);

/** The ID as a bot may show it: its last four characters. */
export const mask = (customerId) => `••••${customerId.slice(-4)}`;

const visits = Array.from({ length: 10 }, (_, i) => (i % 2 ? "Balance" : "Payments"));

/** The user's 14 turns: a text that is typed, or an option that is chosen. */
export const inputs = [
  { text: "C-9999" }, { option: "Try again" }, { text: "C-1001" },
  ...visits.map((option) => ({ option })), { option: "Goodbye" },
];
/** How many of them lead to the tenth menu, where a snapshot is taken. */
export const inputsToMenu = inputs.length - 1;

const id = "What is your customer ID?";
const menu = { text: "What would you like to do?", options: ["Balance", "Payments", "Goodbye"] };
const answers = { Balance: "Your balance is EUR 2,418.32.", Payments: "There are no payments." };

/** What the bot says first, then what it says to each of the inputs. A question with options is one message. */
export const messages = [
  ["Welcome to Acme Bank.", id],
  [{ text: "That ID was not recognised.", options: ["Try again", "End chat"] }],
  [id],
  [`You are verified, ${mask("C-1001")}.`, "Your accounts are in good order.", menu],
  ...visits.map((option) => [answers[option], menu]),
  ["(end)"],
];
