/** The class that bindings.cpp exposes; see there. */
export interface NativeEngine {
  input(size: number): number;
  border(): number;
  memory(): Uint8Array;
  load(size: number): number;
  open(): number;
  close(conversation: number): void;
  handle(conversation: number, size: number): number;
  restore(conversation: number, size: number, nowMs: number): number;
  snapshot(conversation: number): number;
  status(conversation: number, nowMs: number): number;
  attributes(conversation: number, nowMs: number): number;
  trace(): number;
  outline(): number;
}

export default function createLatchkey(options: {
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): object;
}): Promise<{ Engine: new () => NativeEngine }>;
