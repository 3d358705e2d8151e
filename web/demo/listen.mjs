import { once } from "node:events";

/**
 * Only this computer reaches the demo, whatever network it is in.
 * `localhost` in the addresses that we print resolves to it everywhere.
 */
const loopback = "127.0.0.1";

/**
 * Starts `server` on `port` (0: any free one).
 * @param {import("node:http").Server} server
 * @param {number} port
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>} rejects with the system's error, e.g. EADDRINUSE
 */
export async function listen(server, port) {
  server.listen(port, loopback);
  await once(server, "listening");
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { origin: `http://localhost:${address.port}`, close: () => stop(server) };
}

/** @param {import("node:http").Server} server */
async function stop(server) {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
