/** The developer view beside the bank's page: it only watches. The chat knows nothing of it. */
import { showAuthentication } from "./authentication.js";
import { showBot } from "./bot.js";
import { showCustomers } from "./customers.js";
import { place } from "./elements.js";
import { showHandOver } from "./hand-over.js";
import { showRequests } from "./requests.js";
import { showTime } from "./time.js";

const toggle = place("developer-toggle");
const root = document.documentElement;

function reflect() {
  toggle.setAttribute("aria-expanded", String(root.dataset.developer === "open"));
}

toggle.addEventListener("click", () => {
  root.dataset.developer = root.dataset.developer === "open" ? "closed" : "open";
  sessionStorage.setItem("acme-demo:developer", root.dataset.developer);
  reflect();
  if (root.dataset.developer === "open") place("developer-view").scrollIntoView({ block: "start" });
});

reflect();
showAuthentication(place("authentication"));
showTime(place("time"));
showRequests(place("requests"));
showHandOver(place("hand-over"));
void showCustomers(place("customers"));
void showBot(place("bot"));
