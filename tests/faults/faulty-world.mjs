/** A bot whose requests all work but one, which meets a fault: the servers, and the bot's text for them. */
import { botAt } from "./api-elements.mjs";
import { makeCertificate } from "./certificate.mjs";
import { closedOrigin, startElsewhere, startFaultServer } from "./fault-server.mjs";
import { startWorkingApi } from "./working-api.mjs";

/** `trusted`: the tests make their platform trust it. */
export const certificates = { trusted: await makeCertificate(), untrusted: await makeCertificate() };

/** Short where the deadline is what ends it; elsewhere so long that a busy machine keeps it. */
export const deadlineSeconds = ({ slow }) => (slow ? 1 : 10);

/**
 * Starts what `element` meets on its `way` when `fault` befalls it: `{ bot, working, faulty, faults, elsewhere, close }`.
 * `bot` is its text, `faulty` the origin of its request and `working` that of all others, `faults` the server that gives
 * the fault, `elsewhere` one where nothing may arrive. After the fault all others answer with `last`.
 */
export async function startFaultyWorld(element, way, fault, last = { status: 503 }) {
  const api = await startWorkingApi(way.replies, last);
  const elsewhere = await startElsewhere(way.good);
  const faults = await startFaultServer(fault, { good: way.good, elsewhere: elsewhere.origin, certificate: certificates[fault.secure] });
  const faulty = await originOf(fault, faults);
  const bot = botAt(element, { origin: api.origin, faulty, timeoutSeconds: deadlineSeconds(fault) });
  const close = () => Promise.all([api, elsewhere, faults].map((server) => server.close()));
  return { bot, working: api.origin, faulty, faults, elsewhere, close };
}

function originOf({ origin, plainBehindHttps }, faults) {
  if (origin === "closed") return closedOrigin();
  if (plainBehindHttps) return faults.origin.replace("http:", "https:");
  return origin ?? faults.origin;
}
