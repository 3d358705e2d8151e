/** Loads the files that only some chats need. */

let failures = 0;

/** The module `latchkey-<name>.js` beside this one, or null when it does not come: then the console says so. */
export async function loadBeside<Module>(name: string): Promise<Module | null> {
  const url = new URL(`latchkey-${name}.js`, import.meta.url);
  // Some browsers remember a module that failed to load: another address makes them try again.
  if (failures) url.search = `retry=${failures}`;
  try {
    return (await import(url.href)) as Module;
  } catch (error) {
    failures++;
    console.warn(`latchkey: ${url.href} could not be loaded (${String(error)}); the chat goes on without it. Put it beside latchkey.js.`);
    return null;
  }
}
