import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

/** @type {Record<string, string>} */
const mediaTypes = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".pdf": "application/pdf",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** No "..", no hidden files, nothing escaped: such a path cannot leave the folder that it is joined to. */
const safePath = /^(?:\/[\w-][\w.-]*)+$/;

/** @typedef {{ type: string, bytes: Buffer }} File */

/**
 * The file at a request's path in the first of `folders` that has it, or null.
 * @type {(folders: string[], path: string) => Promise<File | null>}
 */
export async function fileAt(folders, path) {
  const type = mediaTypes[extname(path)];
  if (!type || !safePath.test(path)) return null;
  for (const folder of folders) {
    const bytes = await readFile(join(folder, path)).catch(() => null);
    if (bytes) return { type, bytes };
  }
  return null;
}

/** @type {[name: string, compress: (bytes: Buffer) => Promise<Buffer>][]} */
const encodings = [["br", promisify(brotliCompress)], ["gzip", promisify(gzip)]];

/**
 * The bytes in the best encoding that the client accepts.
 * @type {(bytes: Buffer, accepted: string, cache: Map<string, { of: Buffer, bytes: Buffer }>, key: string) =>
 *   Promise<{ encoding: string | null, bytes: Buffer }>}
 */
export async function encoded(bytes, accepted, cache, key) {
  const names = accepted.split(",").map((part) => part.trim().toLowerCase());
  const found = encodings.find(([name]) => names.includes(name));
  if (!found) return { encoding: null, bytes };
  const [encoding, compress] = found;
  const cached = cache.get(`${encoding} ${key}`);
  if (cached?.of.equals(bytes)) return { encoding, bytes: cached.bytes };
  const small = await compress(bytes);
  cache.set(`${encoding} ${key}`, { of: bytes, bytes: small });
  return { encoding, bytes: small };
}
