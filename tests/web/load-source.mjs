/** Bundles a file of web/src and imports it, so that tests run the sources; `engine: "fake"` replaces the engine. */
import { join } from "node:path";
import { build } from "../../web/node_modules/esbuild/lib/main.js";
import { common } from "../../web/build.mjs";

const sources = join(import.meta.dirname, "../../web/src");

const fakeEngine = {
  name: "fake-engine",
  setup({ onResolve }) {
    onResolve({ filter: /\/engine\.js$/ }, () => ({ path: join(import.meta.dirname, "fake-engine.mjs") }));
  },
};

/** The text of one bundle with the exports of `files`. */
export async function bundleSource(files, { engine = "real", ...options } = {}) {
  const contents = files.map((file) => `export * from "./${file}";`).join("\n");
  const { outputFiles } = await build({
    ...common,
    plugins: [...common.plugins, ...(engine === "fake" ? [fakeEngine] : [])],
    stdin: { contents, resolveDir: sources },
    format: "esm",
    write: false,
    ...options,
  });
  return outputFiles[0].text;
}

export async function loadSource(files, options) {
  const text = await bundleSource(files, options);
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}
