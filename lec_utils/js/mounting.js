// Finds the still figures that a script belongs to, wherever a viewer has put both.

// In the document, or else in its open shadow roots. A viewer may run the script from another place
// than that of the figure (VS Code, classic Notebook), so each figure has its key.
function still(key, root) {
  const found = [...root.querySelectorAll(`[data-figure="${key}"]:not([data-live])`)];
  if (found.length) return found;
  for (const { shadowRoot } of root.querySelectorAll("*")) if (shadowRoot) found.push(...still(key, shadowRoot));
  return found;
}

// The figure may come to the page a little later than its script: `frames` are waited for it.
export function mountAll(key, mount, frames = 60) {
  const found = still(key, document);
  found.forEach(mount);
  if (!found.length && frames) requestAnimationFrame(() => mountAll(key, mount, frames - 1));
}
