/**
 * Subresource integrity of web/dist: what its files have to be, and what a page writes to insist on it. As a command
 * (`node integrity.mjs /chat/`), for a site that has our files at another address than /latchkey/.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/** As in the `integrity` of a script tag. */
export const integrityOf = (bytes, algorithm = "sha384") => `${algorithm}-${createHash(algorithm).update(bytes).digest("base64")}`;

/** The modules that a page loads by itself, with the ends of their addresses: drawing.ts and load-beside.ts try again with another. */
const modules = {
  "latchkey-chat.js": ["", "?", "??", "???"],
  "latchkey-rich.js": ["", "?"],
  "latchkey-more.js": ["", "?"],
  "latchkey-markdown.js": ["", "?"],
  "latchkey-vault.js": ["", "?"],
  "latchkey-no-wasm.js": [""],
  "latchkey-options.js": [""],
  "engine.js": [""],
};

/**
 * The script tag; `integrities` is what integrity.json holds, `folder` the address of our files. On the page's own origin too,
 * a policy that demands integrity wants `crossorigin`.
 */
export const scriptTag = (integrities, folder) =>
  `<script src="${folder}latchkey.js" integrity="${integrities["latchkey.js"]}" crossorigin="anonymous" data-bot="bot.json"></script>`;

/** The import map by which a browser refuses modules that are others, the script tag, and what the policy needs for the map. */
export function pageWith(integrities, folder) {
  const entries = Object.entries(modules).flatMap(([name, ends]) => ends.map((end) => [`${folder}${name}${end}`, integrities[name]]));
  const map = JSON.stringify({ integrity: Object.fromEntries(entries) }, null, 1);
  return `<!-- Before all other scripts. In a Content-Security-Policy, script-src needs '${integrityOf(map, "sha256")}' for it. -->
<script type="importmap">${map}</script>
${scriptTag(integrities, folder)}
`;
}

if (process.argv[1] === import.meta.filename) {
  const integrities = JSON.parse(await readFile(new URL("dist/integrity.json", import.meta.url), "utf8"));
  process.stdout.write(pageWith(integrities, process.argv[2] ?? "/latchkey/"));
}
