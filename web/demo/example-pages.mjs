/** The pages on which a visitor tries the example bots: a list of them, and one page for each, with one script tag. */
import { embeddingPages } from "./embedding-pages.mjs";
import { exampleBots } from "./example-bots.mjs";
import { escape, framed } from "./page-frame.mjs";

/** @typedef {import("./example-bots.mjs").ExampleBot} ExampleBot */

const repository = "web/demo/bots";

/**
 * The page at a path, or null.
 * @param {string} path
 * @returns {string | null}
 */
export function examplePage(path) {
  if (path === "/examples") return framed({ title: "Example bots", summary: "Bots to try and to copy from.", content: lists(), path, nav });
  const bot = exampleBots.find((example) => example.page === path && path !== "/");
  const end = `<script src="/latchkey.js" data-bot="/bots/${bot?.name}.json"></script>`;
  return bot ? framed({ title: bot.title, summary: bot.summary, content: aboutBot(bot), end, path, nav }) : null;
}

const nav = { name: "Example bots", links: [{ path: "/examples", title: "All" }, ...exampleBots.map(({ page, title }) => ({ path: page, title }))] };

function lists() {
  return `    <h1>Example bots</h1>
    <p class="lead">Each of them is one JSON file to copy from, with its conversation tests. Choose one and talk to it:
      the API behind them is a real one, with an invented world in its database.</p>
${list("h2", exampleBots.map(({ page, title, summary }) => ({ path: page, title, summary })))}
    <h2>On a page of your own</h2>
${list("h3", embeddingPages)}`;
}

/** @type {(heading: string, pages: readonly { path: string, title: string, summary: string }[]) => string} */
function list(heading, pages) {
  const entries = pages.map(({ path, title, summary }) => `      <li><${heading}><a href="${path}">${escape(title)}</a></${heading}><p>${escape(summary)}</p></li>`);
  return `    <ul class="examples">\n${entries.join("\n")}\n    </ul>`;
}

/** @param {ExampleBot} bot */
function aboutBot(bot) {
  return `    <h1>${escape(bot.title)}</h1>
    <p class="lead">${escape(bot.summary)} The chat opens at the bottom right.</p>
    <h2>Try this</h2>
    <ul>${items(bot.tries)}</ul>${bot.credentials ? credentials(bot.credentials) : ""}
    <h2>What it shows</h2>
    <ul>${items(bot.shows)}</ul>
    <h2>Its files</h2>
    <ul>
      <li><a href="/bots/${bot.name}.json">The bot</a>: <code>${repository}/${bot.name}.json</code></li>
      <li><a href="/bots/${bot.name}.conversations.json">Its conversation tests</a>: <code>${repository}/${bot.name}.conversations.json</code></li>
    </ul>`;
}

/** @param {string[]} texts */
function items(texts) {
  return texts.map((text) => `\n      <li>${escape(text)}</li>`).join("") + "\n    ";
}

/** @param {NonNullable<ExampleBot["credentials"]>} credentials */
function credentials({ caption, head, typed, rows }) {
  const cells = (/** @type {string[]} */ row) =>
    row.map((cell, column) => `<td>${column < typed ? `<code>${escape(cell)}</code>` : escape(cell)}</td>`).join("");
  return `
    <div class="table" role="region" aria-label="${escape(caption)}" tabindex="0"><table>
      <caption>${escape(caption)}</caption>
      <thead><tr>${head.map((name) => `<th scope="col">${escape(name)}</th>`).join("")}</tr></thead>
      <tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join("")}</tbody>
    </table></div>`;
}
