/** The customer API's other half: what works, until the request that a test is about. */
import { createServer } from "node:http";

/** Starts a server that gives `replies` one after the other, and from then on `last`. One that `failed` breaks off. */
export async function startWorkingApi(replies, last) {
  const left = [...replies];
  const server = createServer((request, response) => {
    const sharing = {
      "access-control-allow-origin": "*",
      "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
      "access-control-allow-methods": "*",
    };
    if (request.method === "OPTIONS") return response.writeHead(204, sharing).end();
    const { failed, status, headers, body } = left.shift() ?? last;
    if (failed) return request.socket.destroy();
    response.writeHead(status, { ...sharing, ...headers }).end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    origin: `http://localhost:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}
