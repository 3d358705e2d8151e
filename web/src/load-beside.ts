/** Loads the files that only some chats need. */

/** Some browsers remember a module that failed to load: another address, the one of two, makes them try again. */
let retry = "";

/** The module `latchkey-<name>.js` beside this one, or null when it does not come: then the console says so. */
export async function loadBeside<Module>(name: string): Promise<Module | null> {
  const url = new URL(`latchkey-${name}.js${retry}`, import.meta.url).href;
  try {
    return (await import(url)) as Module;
  } catch (error) {
    retry = retry ? "" : "?";
    console.warn(`latchkey: ${url} could not be loaded (${String(error)}). Put it beside latchkey.js.`);
    return null;
  }
}
