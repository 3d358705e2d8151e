/** react-simple-chatbot with React and styled-components, without its artificial delays. */
import { createRoot } from "react-dom/client";
import ChatBot from "react-simple-chatbot";

const steps = [
  { id: "greeting", message: "Welcome to Acme Bank.", trigger: "text" },
  { id: "text", user: true, trigger: "answer" },
  { id: "answer", message: "Thank you.", end: true },
];

createRoot(document.body.appendChild(document.createElement("div")))
  .render(<ChatBot steps={steps} botDelay={0} userDelay={0} customDelay={0} />);
