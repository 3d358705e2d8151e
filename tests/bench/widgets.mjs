/** Packs the pages of other widgets (peers/widgets) as a site would: one minified script, and a style sheet where there is one. */
import { basename } from "node:path";
import { build } from "../../web/node_modules/esbuild/lib/main.js";
import { installPeers } from "./peers.mjs";

const folder = new URL("./peers/widgets/", import.meta.url);

const titles = {
  "deep-chat.js": "deep-chat",
  "react-chatbot-kit.jsx": "react-chatbot-kit with React (its first message always waits 0.75 s)",
  "botui.jsx": "botui with React, without its theme",
  "react-simple-chatbot.jsx": "react-simple-chatbot with React",
};

async function pack(file) {
  const { outputFiles } = await build({
    entryPoints: [new URL(file, folder).pathname], outdir: "out", write: false,
    bundle: true, minify: true, format: "iife", target: "es2022", jsx: "automatic", legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' }, logLevel: "error",
  });
  const output = (extension) => outputFiles.find(({ path }) => basename(path).endsWith(extension))?.contents;
  return { title: titles[file], js: output(".js"), css: output(".css") };
}

/** `{ widgets: [{ title, js, css }], missing }`: no widgets, and why, when npm cannot be reached. */
export async function packWidgets() {
  const missing = await installPeers();
  if (missing) return { widgets: [], missing: `The other widgets could not be installed (${missing}).` };
  return { widgets: await Promise.all(Object.keys(titles).map(pack)), missing: "" };
}
