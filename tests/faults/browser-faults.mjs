/**
 * Faults that only a browser knows, in the form of those in faults.mjs. `reaches: false`: no request may arrive; `page`
 * gives headers of the page and attributes of its script.
 */
import { setTimeout as pass } from "node:timers/promises";
import { log, strictPolicy } from "../web/visit.mjs";
import { preflightAnswer, whole } from "./fault-server.mjs";

const right = (socket, { good }) => socket.end(whole("200 OK", good));

/** A preflight whose connection ends, so that the request takes a fresh one. */
const preflightAlone = (socket, request) => socket.end(preflightAnswer(request, "connection: close\r\n"));

export const browserFaults = [
  // What a server can do against browsers that repeat a request, see docs/security.md.
  { row: "reset, on a connection of its own", outcome: 0, preflight: preflightAlone, give: (socket) => socket.resetAndDestroy() },
  { row: "closed without a word, on a connection of its own", outcome: 0, preflight: preflightAlone, give: (socket) => socket.end() },
  {
    row: "CORS: the preflight is refused", outcome: 0, reaches: false, give: right,
    preflight: (socket) => socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"),
  },
  {
    row: "CORS: the answer is not for this page", outcome: 0,
    give: (socket, { good }) => socket.end(whole("200 OK", good).toString().replace("access-control-allow-origin: *", "x-nothing: *")),
  },
  {
    row: "blocked by CSP", outcome: 0, reaches: false, give: right,
    page: ({ working }) => ({ headers: { "content-security-policy": strictPolicy(working) } }),
  },
  {
    row: "blocked by the page's own list of origins", requirement: "R1", outcome: 0, reaches: false, give: right,
    page: ({ working }) => ({ attributes: ` data-api-origins="${working}"` }),
  },
  {
    row: "offline: nothing is sent by itself later", outcome: 0, reaches: false, give: right,
    prepare: (tab) => tab.context().setOffline(true),
    // The chat asks first whether to try all the same, for each request.
    meanwhile: async (tab, { answers }) => {
      const again = log(tab).getByRole("button", { name: "Send again" });
      const heard = log(tab).getByText(answers);
      for (;;) {
        await again.or(heard).first().waitFor();
        if (await heard.count()) return;
        await again.click();
      }
    },
    afterwards: async (tab) => {
      await tab.context().setOffline(false);
      await pass(700);
    },
  },
];
