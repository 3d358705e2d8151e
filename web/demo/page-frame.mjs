/** What all pages of the demo but the bank's have around their content. */

/**
 * @typedef {object} Page
 * @property {string} title
 * @property {string} summary one sentence
 * @property {string} content HTML of `main`
 * @property {string} [end] HTML after it
 * @property {string} [head] more HTML for the head
 * @property {string} path
 * @property {{ name: string, links: { path: string, title: string }[] }} nav the pages beside this one
 */

/** @param {Page} page @returns {string} */
export function framed({ title, summary, content, end = "", head = "", path, nav }) {
  const link = (/** @type {{ path: string, title: string }} */ to) =>
    `<a href="${to.path}"${to.path === path ? ' aria-current="page"' : ""}>${escape(to.title)}</a>`;
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="description" content="${escape(summary)}">
  <title>${escape(title)}: Latchkey demo</title>
  <link rel="icon" href="/images/acme.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/bank.css">
  <link rel="stylesheet" href="/examples.css">${head && `\n  ${head}`}
</head>
<body>
  <a class="skip" href="#content">Skip to content</a>
  <header class="demo-bar">
    <p><strong>Latchkey demo</strong></p>
    <a href="/">The bank</a>
    <a href="/examples">Bots</a>
    <a href="/theme">Theme</a>
  </header>
  <nav class="bots" aria-label="${escape(nav.name)}">
    ${nav.links.map(link).join("\n    ")}
  </nav>
  <main id="content">
${content}
  </main>
  ${end}
</body>
</html>
`;
}

/** @param {string} text */
export function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
