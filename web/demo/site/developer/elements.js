/**
 * A small way to build DOM without markup in strings, as the page's policy demands.
 * @param {string} name tag, and classes after dots: "p.hint"
 * @param {Record<string, unknown>} [properties] set on the element; names with a dash become attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const node = document.createElement(tag);
  node.classList.add(...classes);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-")) node.setAttribute(key, String(value));
    else Object.assign(node, { [key]: value });
  }
  node.append(...children);
  return node;
}

/** @param {string} id */
export function place(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** Says something to screen readers. @param {string} text */
export function announce(text) {
  place("developer-status").textContent = text;
}
