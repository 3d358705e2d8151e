/**
 * Writes web/dist/sbom.json (CycloneDX) from npm's own: what is in web/dist is `required`, npm's development packages are
 * `excluded`, and what is compiled into the WebAssembly is added. The same sources give the same file.
 */
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { bundles, common } from "./build.mjs";
import { findParts, partsOf } from "./licences.mjs";

const here = import.meta.dirname;
const licences = {
  nlohmann_json: "MIT",
  emscripten: "MIT OR NCSA",
  musl: "MIT",
  "libc++": "Apache-2.0 WITH LLVM-exception",
  "libc++abi": "Apache-2.0 WITH LLVM-exception",
  "compiler-rt": "Apache-2.0 WITH LLVM-exception",
};

const shipped = new Set();
for (const bundle of bundles) {
  const { metafile } = await build({ ...common, ...bundle, define: { wasmIntegrity: '""' }, write: false, metafile: true });
  for (const name of partsOf(metafile).packages) shipped.add(name);
}
const compiled = Object.entries(await (await findParts()).versions()).map(([name, version]) => ({
  "bom-ref": `${name}@${version}`,
  type: "library",
  name,
  version,
  scope: "required",
  purl: `pkg:generic/${encodeURIComponent(name)}@${version}`,
  licenses: [{ expression: licences[name] }],
}));

const bom = JSON.parse(execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], { cwd: here, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
// What tells one run from another.
delete bom.serialNumber;
delete bom.metadata.timestamp;
bom.metadata.component.name = "latchkey";
for (const component of bom.components) component.scope = shipped.has(component.name) ? "required" : "excluded";
bom.components.push(...compiled);
const { dependsOn } = bom.dependencies.find(({ ref }) => ref === bom.metadata.component["bom-ref"]);
dependsOn.push(...compiled.map((component) => component["bom-ref"]));
bom.dependencies.push(...compiled.map((component) => ({ ref: component["bom-ref"], dependsOn: [] })));
await writeFile(join(here, "dist/sbom.json"), `${JSON.stringify(bom, null, 1)}\n`);
