/**
 * A customer API that misbehaves on purpose, byte by byte over raw sockets: what a well-behaved HTTP library would not
 * send is the point. It answers every request with one fault of faults.mjs, and counts what reaches it.
 */
import { createServer } from "node:net";
import { TLSSocket } from "node:tls";

const sharing = "access-control-allow-origin: *\r\n";

/** What a browser asks before it sends headers of ours to another origin; a fault comes after it. */
export const preflightAnswer = (request, fields = "") =>
  `HTTP/1.1 204 No Content\r\n${fields}${sharing}access-control-allow-methods: GET, HEAD, POST, PUT, PATCH, DELETE\r\n` +
  `access-control-allow-headers: ${request.headers["access-control-request-headers"] ?? "*"}\r\n\r\n`;

/**
 * Starts a server whose every answer is `fault.give(socket, { good, elsewhere })`. `good` is the text that a
 * right answer would hold, so that whoever believes a wrong one is found out; `elsewhere` is where redirects lead.
 * `server.requests` lists `{ method, path, headers }` of what came, without preflights, `server.mostSent()` the most bytes
 * that one connection took. With `certificate` it speaks TLS.
 */
export async function startFaultServer(fault, { good = "{}", elsewhere = "", certificate } = {}) {
  const sockets = new Set();
  const server = { requests: [] };
  let mostSent = 0;
  const take = (socket, request) => {
    if (request.method === "OPTIONS") {
      return fault.preflight ? fault.preflight(socket, request) : socket.write(preflightAnswer(request));
    }
    server.requests.push(request);
    fault.give(socket, { good, elsewhere });
  };
  const listener = createServer((raw) => {
    sockets.add(raw);
    raw.on("error", () => {});
    raw.on("close", () => {
      mostSent = Math.max(mostSent, raw.bytesWritten);
      sockets.delete(raw);
    });
    const socket = certificate ? new TLSSocket(raw, { isServer: true, ...certificate }) : raw;
    socket.on("error", () => {});
    readRequests(socket, (request) => take(socket, request));
  });
  await new Promise((listening) => listener.listen(0, "127.0.0.1", listening));
  server.origin = `${certificate ? "https" : "http"}://localhost:${listener.address().port}`;
  server.count = (method) => server.requests.filter((request) => request.method === method).length;
  server.mostSent = () => Math.max(mostSent, ...[...sockets].map(({ bytesWritten }) => bytesWritten));
  server.close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((closed) => listener.close(closed));
  };
  return server;
}

/** Where redirects lead: a server that would answer well, and keeps everything that reaches it. */
export async function startElsewhere(good) {
  return startFaultServer({ give: (socket) => socket.end(whole("200 OK", good)) });
}

/** An origin where nobody listens: no server of these tests is at this address, whatever its port. */
export async function closedOrigin() {
  const server = await startFaultServer({ give() {} });
  await server.close();
  return server.origin.replace("localhost", "[::1]");
}

/** The beginning of an answer: status line and headers. */
export const head = (line, fields = []) =>
  `HTTP/1.1 ${line}\r\n${sharing}content-type: application/json\r\n${fields.map((field) => `${field}\r\n`).join("")}\r\n`;

/** A whole answer, after which the connection ends. */
export const whole = (line, body = "", fields = []) =>
  Buffer.concat([Buffer.from(head(line, [`content-length: ${Buffer.byteLength(body)}`, "connection: close", ...fields])), Buffer.from(body)]);

/** The first byte of a client that speaks TLS. Where nobody does, web servers answer it in plain HTTP. */
const tlsGreeting = 22;

function readRequests(socket, take) {
  let text = "";
  socket.on("data", (bytes) => {
    if (bytes[0] === tlsGreeting) return socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    text += bytes.toString("latin1");
    for (;;) {
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) return;
      const request = parseHead(text.slice(0, end));
      const size = end + 4 + Number(request.headers["content-length"] ?? 0);
      if (text.length < size) return;
      text = text.slice(size);
      take(request);
    }
  });
}

function parseHead(text) {
  const [line, ...fields] = text.split("\r\n");
  const [method, path] = line.split(" ");
  const headers = Object.fromEntries(fields.map((field) => {
    const colon = field.indexOf(":");
    return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
  }));
  return { method, path, headers };
}
