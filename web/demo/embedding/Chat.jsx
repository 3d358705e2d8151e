import { useEffect, useImperativeHandle, useRef } from "react";
import "latchkey";

const events = ["open", "close", "message", "authentication", "event", "hand-over", "error"].map((name) => `latchkey-${name}`);

/**
 * A chat. `on` holds a function for each event that somebody wants to hear, such as `{ "latchkey-message": (event) => … }`;
 * a ref has the element's methods; everything else is an option of the chat, read when it comes into the page.
 */
export function Chat({ ref, on = {}, ...options }) {
  const chat = useRef(null);
  const newest = useRef(on);
  useEffect(() => { newest.current = on; });
  useImperativeHandle(ref, () => chat.current, []);
  useEffect(() => {
    const element = chat.current;
    const hear = (event) => newest.current[event.type]?.(event);
    for (const name of events) element.addEventListener(name, hear);
    return () => { for (const name of events) element.removeEventListener(name, hear); };
  }, []);
  return <latchkey-chat ref={chat} {...options} />;
}
