/**
 * The table of faults, row by row: what the API does, and what the conversation has to take it for. Most faults carry the
 * right answer's own text, or lead to it: a chat that believed them would say the success. Of a row,
 *
 * - `outcome` is the status that the bot sees: 0 means no answer, "other" one that is not 200;
 * - `needsBody`: it is about elements that read a body; `authenticationOnly`: about those that sign in;
 * - `retried`: the bot may ask again; `slow`: it may take until the deadline;
 * - `interrupted`: a request that arrives breaks off, which tempts to send it once more;
 * - `browserRepeats`: where the connection was used before, Chromium takes it for one that has grown stale, and sends the
 *   request again by itself, a POST too;
 * - `secure`, `origin` and `plainBehindHttps` say where the request goes, if not to a fault server over http.
 */
import { gzipSync } from "node:zlib";
import { head, whole } from "./fault-server.mjs";

const answer = (line, body, fields) => (socket, { good }) => socket.end(whole(line, typeof body === "function" ? body(good) : body, fields));
const itself = (good) => good;
const problem = () => '{"status":200,"message":"No."}';

/** Writes `bytes` again and again, as slowly as `everyMs`, until the other side has enough. */
function drip(socket, bytes, everyMs = 50) {
  const timer = setInterval(() => socket.write(bytes), everyMs);
  socket.on("close", () => clearInterval(timer));
}

/** Writes `bytes` as fast as they are taken, `limit` bytes of them. */
function pour(socket, bytes, limit = Infinity) {
  let left = limit;
  const more = () => {
    while (!socket.destroyed && left > 0) {
      left -= bytes.length;
      if (!socket.write(bytes)) return;
    }
    if (left <= 0) socket.end();
  };
  socket.on("drain", more);
  more();
}

const spaces = Buffer.alloc(65_536, " ");
const MiB = 2 ** 20;

/** The headers of an answer that says `size` bytes will come, or that it goes on in chunks without end. */
const begins = (...fields) => head("200 OK", fields);

const redirect = (code) => ({
  row: `3xx: ${code} to another server`, requirement: "R4", outcome: 0,
  give: (socket, { elsewhere, good }) => socket.end(whole(`${code} Elsewhere`, good, [`location: ${elsewhere}/welcome`])),
});

const status = (code, extra = {}) => ({
  row: `${code}`, outcome: code, ...extra, give: answer(`${code} No`, problem),
});

/** Bodies that are not the JSON that a bot reads. */
const bodies = {
  HTML: "<!doctype html><title>Welcome</title><h1>Please accept our terms</h1>",
  empty: "",
  malformed: (good) => good.slice(0, -1),
};

/** The same, in ways that only the engine, which is the same everywhere, tells from JSON. */
const oddBodies = {
  "malformed, with something after it": (good) => `${good}x`,
  "a key twice": (good) => good.replace("{", '{"again":1,"again":1,'),
  "a NUL": (good) => `${good}\0`,
  "deeper than 64": (good) => good.replace("{", `{"deep":${"[".repeat(65)}${"]".repeat(65)},`),
};

const withBody = ([kind, body]) => ({
  row: `200 where JSON was mapped but the body is ${kind}`, requirement: "A2", needsBody: true, outcome: 0, give: answer("200 OK", body),
});

/** Rows for the engine alone: what the page and its network do is the same for all of them. */
export const engineFaults = [
  { row: "429 and an hour to wait", outcome: 429, retried: true, give: answer("429 No", problem, ["retry-after: 3600"]) },
  ...Object.entries(oddBodies).map(withBody),
  ...["null", "7", '"token"', "[]", "{}", '{"token":{},"name":[],"accounts":7,"state":{},"slots":"none"}'].map((body) => ({
    row: `200 where JSON was mapped but it is of the wrong type: ${body}`, requirement: "A3", needsBody: true, outcome: 200, give: answer("200 OK", body),
  })),
];

export const faults = [
  ...Object.entries(bodies).map(withBody),
  {
    row: "200 where JSON was mapped but the body is no UTF-8", requirement: "A2", outcome: 0,
    give: answer("200 OK", (good) => Buffer.from(good.replace("{", '{"name2":"\u00e9",'), "latin1")),
  },

  ...[301, 302, 303, 307, 308].map(redirect),
  { row: "redirect loop", requirement: "R4", outcome: 0, give: answer("302 Again", itself, ["location: /again"]) },
  {
    row: "https → http", requirement: "R4", secure: "trusted", outcome: 0,
    give: (socket, { elsewhere, good }) => socket.end(whole("307 Elsewhere", good, [`location: ${elsewhere}/welcome`])),
  },

  { row: "204 in authentication", authenticationOnly: true, outcome: "other", give: (socket) => socket.end(`${head("204 No Content", ["connection: close"])}`) },
  { row: "201 in authentication", authenticationOnly: true, outcome: 201, give: answer("201 Created", itself) },

  ...[401, 403, 404, 409, 422].map((code) => status(code, { requirement: "G4" })),
  status(408, { retried: true, interrupted: true, browserRepeats: true }),
  ...[429, 500, 502, 503, 504].map((code) => status(code, { retried: true })),

  { row: "status line 000", outcome: 0, give: answer("000 Odd", itself) },
  { row: "status line 999", outcome: 0, give: answer("999 Odd", itself) },
  { row: "truncated body", interrupted: true, requirement: "G5", outcome: 0, give: (socket, { good }) => socket.end(begins(`content-length: ${good.length + 9}`) + good) },
  {
    row: "truncated body, in chunks", interrupted: true, requirement: "G5", outcome: 0,
    give: (socket, { good }) => socket.end(`${begins("transfer-encoding: chunked")}${Buffer.byteLength(good).toString(16)}\r\n${good}\r\n`),
  },
  { row: "bad gzip", outcome: 0, give: answer("200 OK", itself, ["content-encoding: gzip"]) },
  {
    // Platforms take what comes before the cut for the body: it is the JSON that is cut, too.
    row: "bad gzip, cut off", requirement: "A2", needsBody: true, outcome: 0,
    give: answer("200 OK", (good) => gzipSync(good).subarray(0, -16), ["content-encoding: gzip"]),
  },
  { row: "garbage", interrupted: true, outcome: 0, give: (socket) => socket.end("\u0016\u0003\u0001 no HTTP at all\r\n\r\n") },

  {
    row: "endless body", requirement: "A1", outcome: 0,
    give: (socket, { good }) => {
      socket.write(begins("connection: close") + good);
      pour(socket, spaces);
    },
  },
  {
    row: "10 MB body", requirement: "A1", outcome: 0,
    give: (socket, { good }) => {
      socket.write(begins(`content-length: ${Buffer.byteLength(good) + 10 * MiB}`) + good);
      pour(socket, spaces, 10 * MiB);
    },
  },
  {
    row: "gzip bomb", requirement: "A1", outcome: 0,
    give: (socket, { good }) => socket.end(whole("200 OK", bombOf(good), ["content-encoding: gzip"])),
  },

  { row: "no answer", interrupted: true, requirement: "R5", slow: true, outcome: 0, give() {} },
  {
    row: "slow headers", interrupted: true, requirement: "R5", slow: true, outcome: 0,
    give: (socket) => {
      socket.write("HTTP/1.1 200 OK\r\nx-slow: ");
      drip(socket, ".");
    },
  },
  {
    row: "slow body", interrupted: true, requirement: "R5", slow: true, outcome: 0,
    give: (socket, { good }) => {
      socket.write(begins("content-length: 99999") + good);
      drip(socket, " ");
    },
  },

  { row: "refused", origin: "closed", outcome: 0 },
  { row: "reset", interrupted: true, outcome: 0, browserRepeats: true, give: (socket) => socket.resetAndDestroy() },
  {
    row: "reset in the middle of the body", interrupted: true, outcome: 0,
    give: (socket, { good }) => socket.write(begins("content-length: 99999") + good, () => socket.resetAndDestroy()),
  },
  { row: "closed without a word", interrupted: true, outcome: 0, browserRepeats: true, give: (socket) => socket.end() },
  { row: "DNS", slow: true, origin: "https://latchkey-test.invalid", outcome: 0 },
  { row: "TLS: a certificate that nobody vouches for", secure: "untrusted", outcome: 0, give: answer("200 OK", itself) },
  { row: "TLS: no TLS at all", plainBehindHttps: true, outcome: 0, give: answer("200 OK", itself) },
];

/** 8 MiB of spaces after the good answer, in a few KB; made once a text. */
const bombs = new Map();
function bombOf(good) {
  if (!bombs.has(good)) bombs.set(good, gzipSync(Buffer.concat([Buffer.from(good), Buffer.alloc(8 * MiB, " ")]), { level: 1 }));
  return bombs.get(good);
}

/** The name of a row's test: with the requirement that it proves, where there is one. */
export const titleOf = ({ row, requirement }) => (requirement ? `${row} (${requirement})` : row);
