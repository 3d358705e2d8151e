/**
 * Runs before the chat's script, so that the developer view can let time pass and see the chat's requests.
 * A classic script: a module would run after the chat has taken `Date.now` and `fetch`.
 */
(() => {
  const { now } = Date;
  Date.now = () => now() + Number(sessionStorage.getItem("acme-demo:clock-offset"));

  const wide = matchMedia("(width >= 70rem)").matches;
  document.documentElement.dataset.developer = sessionStorage.getItem("acme-demo:developer") ?? (wide ? "open" : "closed");

  const { fetch } = window;
  window.fetch = async (resource, options) => {
    const record = recordOf(resource instanceof Request ? resource : new Request(resource, { ...options, body: null }));
    if (!record) return fetch(resource, options);
    const started = performance.now();
    const done = (/** @type {number | null} */ status) => announce({ ...record, status, ms: Math.round(performance.now() - started) });
    try {
      const response = await fetch(resource, options);
      done(response.status);
      return response;
    } catch (error) {
      done(null);
      throw error;
    }
  };

  /** What is shown of a request to another origin; null for the page's own files. @param {Request} request */
  function recordOf(request) {
    const { origin, pathname, search } = new URL(request.url);
    if (origin === location.origin) return null;
    const headers = [...request.headers].map(([name, value]) => `${name}: ${masked(value)}`);
    return { at: Date.now(), method: request.method, path: pathname + search, headers };
  }

  /** @param {string} value */
  function masked(value) {
    return value.replace(/^(Bearer )?.*$/i, "$1••••");
  }

  /** @param {object} record */
  function announce(record) {
    window.dispatchEvent(new CustomEvent("acme-demo:request", { detail: record }));
  }
})();
