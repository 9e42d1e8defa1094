// A button.
import { element, OWN_KEYS } from "./elements.js";

export function button(text, act, attributes = {}) {
  const node = element("button", { type: "button", ...OWN_KEYS, ...attributes }, text);
  node.onclick = act;
  return node;
}
