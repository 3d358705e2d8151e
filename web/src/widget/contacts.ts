/** How a visitor reaches the site's owner without the chat. */
import type { Contact } from "./more-module.js";

/** The addresses in the option `contact`, separated by spaces: mailto:, tel:, http(s) and those of the page. Others are left out. */
export function contactsOf(option: string): Contact[] {
  return (option.match(/\S+/g) ?? []).flatMap((word) => {
    const { href = "", host, pathname = "" } = URL.parse(word, document.baseURI) ?? {};
    return /^(https?|mailto|tel):/.test(href) ? { href, text: host ? host + pathname.replace(/\/$/, "") : pathname } : [];
  });
}
