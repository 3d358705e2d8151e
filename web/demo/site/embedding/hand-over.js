const chat = document.querySelector("latchkey-chat");
const liveChat = document.querySelector("#live-chat");

chat.addEventListener("latchkey-hand-over", (event) => {
  event.preventDefault(); // somebody takes over: the visitor is told so
  const { data, transcript } = event.detail;
  document.querySelector("#data").replaceChildren(...Object.entries(data).flatMap(([name, value]) =>
    [element("dt", name), element("dd", value === null || value === "" ? "not known" : String(value))]));
  document.querySelector("#before").replaceChildren(...transcript.map(({ from, text }) => line(from === "bot" ? "Bot" : "Visitor", text)));
  for (const log of liveChat.querySelectorAll("[role=log]")) log.replaceChildren();
  liveChat.hidden = false;
  chat.close();
  document.querySelector("#visitor-text").focus();
});

for (const form of liveChat.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const input = form.querySelector("input");
    for (const log of liveChat.querySelectorAll("[role=log]")) {
      log.append(line(form.dataset.from, input.value));
      log.scrollTop = log.scrollHeight;
    }
    input.value = "";
  });
}

function line(from, text) {
  const item = element("p", "");
  item.append(element("strong", from), ` ${text}`);
  return item;
}

function element(name, text) {
  return Object.assign(document.createElement(name), { textContent: text });
}
