/** The pages on which a visitor tries the example bots: a list of them, and one page for each, with one script tag. */
import { exampleBots } from "./example-bots.mjs";

/** @typedef {import("./example-bots.mjs").ExampleBot} ExampleBot */

const repository = "web/demo/bots";

/**
 * The page at a path, or null.
 * @param {string} path
 * @returns {string | null}
 */
export function examplePage(path) {
  if (path === "/examples") return page("Example bots", listOfBots(), "");
  const bot = exampleBots.find((example) => example.page === path && path !== "/");
  return bot ? page(bot.title, aboutBot(bot), `<script src="/latchkey.js" data-bot="/bots/${bot.name}.json"></script>`, bot) : null;
}

/** @type {(title: string, content: string, script: string, current?: ExampleBot) => string} */
function page(title, content, script, current) {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="description" content="${escape(current?.summary ?? "Bots to try and to copy from.")}">
  <title>${escape(title)}: Latchkey demo</title>
  <link rel="icon" href="/images/acme.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/bank.css">
  <link rel="stylesheet" href="/examples.css">
</head>
<body>
  <a class="skip" href="#content">Skip to content</a>
  <header class="demo-bar"><p><strong>Latchkey demo</strong><span> · example bots</span></p></header>
  <nav class="bots" aria-label="Example bots">
    <a href="/examples"${current ? "" : ' aria-current="page"'}>All</a>
    ${exampleBots.map((bot) => `<a href="${bot.page}"${bot === current ? ' aria-current="page"' : ""}>${escape(bot.title)}</a>`).join("\n    ")}
  </nav>
  <main id="content">
${content}
  </main>
  ${script}
</body>
</html>
`;
}

function listOfBots() {
  return `    <h1>Example bots</h1>
    <p class="lead">Each of them is one JSON file to copy from, with its conversation tests. Choose one and talk to it:
      the API behind them is a real one, with an invented world in its database.</p>
    <ul class="examples">
${exampleBots.map((bot) => `      <li><h2><a href="${bot.page}">${escape(bot.title)}</a></h2><p>${escape(bot.summary)}</p></li>`).join("\n")}
    </ul>`;
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

/** @param {string} text */
function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
