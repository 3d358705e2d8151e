/** Text in XML 1.0. */

/** What XML cannot hold, not even escaped: control characters but tab and line ends, U+FFFE, U+FFFF. */
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** The text with U+FFFD in place of what XML cannot hold. */
function possible(text: string): string {
  return text.replaceAll(impossible, "\ufffd");
}

const entities: Record<string, string> = {
  "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
};

/** Text between tags; its line ends stay as they are. */
export function xmlText(text: string): string {
  return possible(text).replaceAll(/[&<>\r]/g, (character) => entities[character]!);
}

/** ` name="value"` for every member that is there, line ends in the values included. */
export function xmlAttributes(attributes: Record<string, string | number | undefined>): string {
  return Object.entries(attributes).filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${possible(String(value)).replaceAll(/[&<>"\t\n\r]/g, (character) => entities[character]!)}"`)
    .join("");
}
