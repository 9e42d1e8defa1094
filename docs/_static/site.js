// What the course site adds to its theme, furo: the keyboard reaches the drawers and wide boxes.

// On a narrow window the two side bars are drawers, each opened by a label, which only a pointer
// can reach. A button in its place can be tabbed to; Escape shuts the drawer and leads back to it.
function makeButton(label, box, drawer, name) {
  const button = document.createElement("button");
  button.className = label.className;
  button.setAttribute("aria-label", name);
  button.append(...label.childNodes);
  label.replaceWith(button);
  const show = (open) => {
    box.checked = open;
    button.setAttribute("aria-expanded", open);
    const first = [...drawer.querySelectorAll("a")].find((link) => link.checkVisibility());
    (open ? first : button).focus();
  };
  button.setAttribute("aria-expanded", false);
  button.addEventListener("click", () => show(!box.checked));
  box.addEventListener("change", () => button.setAttribute("aria-expanded", box.checked));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.checked && button.offsetParent) show(false);
  });
}

for (const [id, drawer, name] of [
  ["__navigation", ".sidebar-drawer", "All pages"],
  ["__toc", ".toc-drawer", "On this page"],
]) {
  for (const label of document.querySelectorAll(`label[for=${id}]:not(.overlay, .no-toc)`)) {
    makeButton(label, document.getElementById(id), document.querySelector(drawer), name);
  }
}

// A box that scrolls sideways can be scrolled with the arrow keys once Tab reaches it.
function reachWideBoxes() {
  for (const box of document.querySelectorAll("pre, .table-wrapper, .math-wrapper")) {
    const scrolls = getComputedStyle(box).overflowX === "auto" && box.scrollWidth > box.clientWidth;
    if (scrolls) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

addEventListener("load", reachWideBoxes); // its style sheets and fonts say what is wide
addEventListener("resize", reachWideBoxes);
document.addEventListener("toggle", reachWideBoxes, true); // what is folded has no width yet

// The buttons that copy code are one stop for Tab; the arrow keys lead from each to the next.
const copies = () => [...document.querySelectorAll("button.copybtn")].filter((one) => one.checkVisibility());
function letStop(stop) {
  for (const button of document.querySelectorAll("button.copybtn")) button.tabIndex = button === stop ? 0 : -1;
}
function nameCopies(_, observer) {
  const [first] = copies();
  if (!first) return; // sphinx-copybutton puts them in late
  observer.disconnect();
  for (const button of document.querySelectorAll("button.copybtn"))
    button.setAttribute("aria-label", "Copy this code; arrow keys lead to the code before and after");
  letStop(first);
}
new MutationObserver(nameCopies).observe(document.body, { childList: true, subtree: true });
document.addEventListener("focusin", ({ target }) => target.matches("button.copybtn") && letStop(target));
document.addEventListener("keydown", (event) => {
  const way = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!way || !event.target.matches("button.copybtn")) return;
  event.preventDefault(); // or the page would scroll
  const all = copies();
  all[all.indexOf(event.target) + way]?.focus();
});
