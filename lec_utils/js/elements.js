// Elements of a page.

const made = (space) => (tag, attributes = {}, ...children) => {
  const node = document.createElementNS("http://www.w3.org/" + space, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};
export const element = made("1999/xhtml");
export const shape = made("2000/svg");

// An id that nothing else on the page has.
export const newId = () => "lf" + Math.random().toString(36).slice(2);

// JupyterLab leaves the arrow and letter keys to an element that carries this.
export const OWN_KEYS = { "data-lm-suppress-shortcuts": "true" };

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
