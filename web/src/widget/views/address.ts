/** Which addresses of a message lead anywhere. They may hold what a user or an API said, so they are parsed first. */

const linkProtocols = ["http:", "https:", "mailto:", "tel:"];
const localHosts = ["localhost", "127.0.0.1", "[::1]"];

/** The address to link to, or null when it is none of http, https, mailto and tel. */
export function linkOf(address: string): string | null {
  const url = URL.parse(address, location.href);
  return url && linkProtocols.includes(url.protocol) ? url.href : null;
}

/** The address to load an image, a video or a sound from, or null: https, this computer, or the page's own origin. */
export function sourceOf(address: string): string | null {
  const url = URL.parse(address, location.href);
  if (!url) return null;
  const isLocal = url.protocol === "http:" && localHosts.includes(url.hostname);
  return url.protocol === "https:" || isLocal || (url.protocol === "http:" && url.origin === location.origin) ? url.href : null;
}
