/**
 * What goes into a page so that its chat looks like this.
 * @type {(properties: [name: string, value: string][], layout: string, label: string) => string}
 */
export function snippet(properties, layout, label) {
  const lines = properties.map(([name, value]) => `    ${name}: ${value};`);
  const style = lines.length ? `<style>\n  :root {\n${lines.join("\n")}\n  }\n</style>\n` : "";
  if (layout === "inline") return `${style}<latchkey-chat bot="bot.json" layout="inline"></latchkey-chat>\n<script src="latchkey.js"></script>\n`;
  return `${style}<script src="latchkey.js" data-bot="bot.json"${label ? ` data-label="${attribute(label)}"` : ""}></script>\n`;
}

/** @param {string} text */
function attribute(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
