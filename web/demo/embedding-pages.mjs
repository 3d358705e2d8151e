/** The pages that show what a site does with its chat: how it looks, inline, hand-over, React. Their sources are shown as they are. */
import { readFile } from "node:fs/promises";
import { apiOriginInBots } from "./example-bots.mjs";
import { escape, framed } from "./page-frame.mjs";

/**
 * @typedef {object} EmbeddingPage
 * @property {string} path
 * @property {string} title
 * @property {string} summary one sentence
 * @property {string} content the file of what is in its `main`
 * @property {string[]} styles its style sheets beyond those of all pages
 * @property {string[]} sources the files that it shows, in the order of reading
 */

/** @type {readonly EmbeddingPage[]} */
export const embeddingPages = [
  {
    path: "/theme", title: "Theme", summary: "Give the chat the look of your page, see it at once, and copy what makes it so.",
    content: "embedding/theme.html", styles: ["/embedding/embedding.css", "/theme/theme.css"], sources: [],
  },
  {
    path: "/inline", title: "Inline", summary: "A chat in the page, with buttons that call its methods, and everything that it tells the page.",
    content: "embedding/inline.html", styles: ["/embedding/embedding.css"], sources: ["embedding/inline.html", "site/embedding/inline.js", "embedding/mobile.json"],
  },
  {
    path: "/hand-over", title: "Hand-over", summary: "The bot hands over to a person, and a live chat of the page’s own goes on with what was said.",
    content: "embedding/hand-over.html", styles: ["/embedding/embedding.css"], sources: ["embedding/hand-over.html", "site/embedding/hand-over.js"],
  },
  {
    path: "/react", title: "React", summary: "The chat as a React component, with events as properties and its methods by a ref.",
    content: "embedding/react.html", styles: ["/embedding/embedding.css"], sources: ["embedding/Chat.jsx", "embedding/react.jsx"],
  },
];

const nav = { name: "On a page of your own", links: [...embeddingPages] };
const at = (/** @type {string} */ file) => new URL(file, import.meta.url);

/**
 * The page at a path, or null.
 * @param {string} path
 * @returns {Promise<string | null>}
 */
export async function embeddingPage(path) {
  const page = embeddingPages.find((one) => one.path === path);
  if (!page) return null;
  const { title, summary, styles, sources } = page;
  const example = await readFile(at(page.content), "utf8");
  const content = `    <h1>${escape(title)}</h1>\n    <p class="lead">${escape(summary)}</p>\n${example}${await listing(sources)}`;
  const head = styles.map((sheet) => `<link rel="stylesheet" href="${sheet}">`).join("\n  ");
  return framed({ title, summary, content, head, path, nav });
}

/** @param {string[]} files */
async function listing(files) {
  if (!files.length) return "";
  const parts = files.map(async (file) => `    <h3><code>web/demo/${file}</code></h3>
    <pre tabindex="0" role="region" aria-label="${file}"><code>${escape(await readFile(at(file), "utf8"))}</code></pre>`);
  return `    <h2>How it is made</h2>\n${(await Promise.all(parts)).join("\n")}`;
}

/**
 * What these pages load and no folder has as they need it, or null.
 * @type {(path: string, apiOrigin: string) => Promise<import("./static-files.mjs").File | null>}
 */
export async function embeddingFile(path, apiOrigin) {
  if (path === "/embedding/mobile.json") {
    const text = await readFile(at("embedding/mobile.json"), "utf8");
    return { type: "application/json; charset=utf-8", bytes: Buffer.from(text.replaceAll(apiOriginInBots, apiOrigin)) };
  }
  return path === "/embedding/react.js" ? { type: "text/javascript; charset=utf-8", bytes: await reactBundle() } : null;
}

/** As a site's own bundler does it. */
async function reactBundle() {
  const { build } = await import("esbuild");
  const { outputFiles: [bundle] } = await build({
    entryPoints: [at("embedding/react.jsx").pathname], bundle: true, minify: true, format: "esm", jsx: "automatic", write: false,
    define: { "process.env.NODE_ENV": '"production"' }, logLevel: "silent",
  });
  return Buffer.from(bundle.contents);
}
