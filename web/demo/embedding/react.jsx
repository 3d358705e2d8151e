import { useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { Chat } from "./Chat.jsx";

function App() {
  const chat = useRef(null);
  const [shown, setShown] = useState(true);
  const [messages, setMessages] = useState([]);
  const hear = ({ detail }) => setMessages((earlier) => [...earlier, `${detail.from}: ${detail.text}`]);

  return <div className="beside">
    <div className="place">
      {shown && <Chat ref={chat} on={{ "latchkey-message": hear }} bot="/embedding/mobile.json" base="/" layout="inline" />}
    </div>
    <div>
      <p className="buttons">
        <button type="button" onClick={() => setShown(!shown)}>{shown ? "Take the chat away" : "Bring the chat back"}</button>
        <button type="button" disabled={!shown} onClick={() => chat.current.send("Order a SIM card")}>Order a SIM card</button>
      </p>
      <h2>{messages.length} messages heard</h2>
      <div className="log" role="log" aria-label="Messages" tabIndex={0}>
        {messages.map((text, index) => <p key={index}>{text}</p>)}
      </div>
    </div>
  </div>;
}

createRoot(document.querySelector("#app")).render(<App />);
