const chat = document.querySelector("latchkey-chat");
const result = document.querySelector("#result");
const heard = document.querySelector("#heard");

for (const name of ["open", "close", "message", "authentication", "event", "hand-over", "error"]) {
  chat.addEventListener(`latchkey-${name}`, ({ type, detail }) => {
    const line = document.createElement("p");
    line.textContent = detail ? `${type} ${JSON.stringify(detail)}` : type;
    heard.append(line);
    heard.scrollTop = heard.scrollHeight;
  });
}

async function call(method, ...given) {
  try {
    const answer = await chat[method](...given);
    result.value = answer === undefined ? `${method}: done` : `${method}: ${JSON.stringify(answer)}`;
  } catch (error) {
    result.value = `${method}: ${error.message}`;
  }
}

for (const button of document.querySelectorAll("[data-call]")) button.addEventListener("click", () => call(button.dataset.call));

document.querySelector("#send").addEventListener("submit", (event) => {
  event.preventDefault();
  call("send", document.querySelector("#text").value);
});

document.querySelector("#set").addEventListener("submit", (event) => {
  event.preventDefault();
  call("setAttributes", { plan: document.querySelector("#plan").value });
});
