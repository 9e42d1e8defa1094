// Elements of a page.

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// JupyterLab leaves the arrow and letter keys to an element that carries this.
export const OWN_KEYS = { "data-lm-suppress-shortcuts": "true" };

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
