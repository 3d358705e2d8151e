/** latchkey-no-wasm.js: the engine of pages as JavaScript, for where WebAssembly is refused. It does the same, slower. */
import { instantiate as translated } from "../../build/wasm/latchkey.wasm.js";

interface Memory { readonly buffer: ArrayBuffer; grow(pages: number): number }

/** Stands in for `WebAssembly.instantiate`. */
export function instantiate(imports: WebAssembly.Imports): WebAssembly.Exports {
  const exports = Object.entries(translated(flattened(imports)));
  return Object.fromEntries(exports.map(([name, value]) => [name, isMemory(value) ? detaching(value) : value])) as WebAssembly.Exports;
}

/** Older compilers look for functions in their one module, newer ones for modules; a name may be both. */
function flattened(imports: WebAssembly.Imports): Record<string, unknown> {
  const functions: Record<string, unknown> = { abort() { throw new Error("The engine trapped."); } };
  for (const members of Object.values(imports)) {
    for (const [name, member] of Object.entries(members)) functions[name] = (...given: unknown[]) => (member as (...given: unknown[]) => unknown)(...given);
  }
  for (const [module, members] of Object.entries(imports)) functions[module] = Object.assign(functions[module] ?? {}, members);
  return functions;
}

const isMemory = (value: unknown): value is Memory => typeof (value as Memory).grow === "function";

/** As with WebAssembly, who holds the memory from before it grew can tell. */
function detaching(memory: Memory): Memory {
  return {
    get buffer() { return memory.buffer; },
    grow(pages) {
      const before = memory.buffer;
      const result = memory.grow(pages);
      if (memory.buffer !== before) structuredClone(before, { transfer: [before] });
      return result;
    },
  };
}
