/**
 * Which tests hold docs/security.md's requirements: a test names its requirement, as in "L2: the clock", by itself or by the
 * group that it is in. `node tests/requirements.mjs <JUnit reports>` prints a line for each, and fails when one has no test
 * that passed, or one that failed.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const security = readFileSync(join(import.meta.dirname, "../docs/security.md"), "utf8");
const requirements = new Map([...security.matchAll(/^\| (Server kit|[A-Z]\db?) \| (.+) \|$/gm)].map(([, id, what]) => [id, { what, passed: 0, failed: 0 }]));
const named = /(?<![A-Z\d])(?:[GLSRAOPE]\db?|Server kit)(?![a-zA-Z\d])/g;

/** Attributes may hold ">". */
const tags = /<testsuite(?:\s+[\w-]+="[^"]*")*\s*\/?>|<\/testsuite>|<testcase(?:\s+[\w-]+="[^"]*")*\s*(?:\/>|>[^]*?<\/testcase>)/g;

for (const file of process.argv.slice(2)) count(readFileSync(file, "utf8"));

let failures = 0;
for (const [id, { what, passed, failed }] of requirements) {
  const isHeld = passed > 0 && failed === 0;
  if (!isHeld) failures++;
  console.log(`${isHeld ? " " : "!"} ${id.padEnd(10)} ${`${passed}`.padStart(5)} passed, ${failed} failed   ${what}`);
}
console.log(failures ? `${failures} requirements are not held by a test that passed.` : `All ${requirements.size} requirements are held.`);
process.exitCode = failures ? 1 : 0;

/** Node nests groups, GoogleTest's are a class name. */
function count(xml) {
  const groups = [];
  for (const [tag] of xml.matchAll(tags)) {
    if (tag.startsWith("</")) groups.pop();
    else if (tag.startsWith("<testsuite")) { if (!tag.endsWith("/>")) groups.push(attribute(tag, "name")); }
    else if (!/<skipped|"notrun"/.test(tag)) note([...groups, attribute(tag, "classname"), attribute(tag, "name")].join(" "), tag.includes("<failure"));
  }
}

function note(name, hasFailed) {
  for (const [id] of new Set(name.match(named))?.entries() ?? []) if (requirements.has(id)) requirements.get(id)[hasFailed ? "failed" : "passed"]++;
}

function attribute(tag, name) {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
}
