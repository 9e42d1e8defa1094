// A question whose answer is shown once its reader has committed to one.
import { button } from "./button.js";
import { CONTROLS } from "./controls.js";
import { element, OWN_KEYS } from "./elements.js";

const LOOK = `
.lf-ask fieldset{border:0;margin:0;padding:0;min-width:0}
.lf-ask legend{padding:0;font-weight:600}
.lf-ask .lf-keys .lf-commit{color:#fff;background:#00507c;border-color:#00507c}
.lf-ask .lf-hint{margin:0;font-style:italic}
.lf-ask .lf-reply{margin:.5em 0;padding:.2em 0 .2em .7em;border-left:5px solid #D55E00;line-height:1.4}
.lf-ask p.lf-reply:focus{outline:none}
.lf-ask summary{line-height:44px;cursor:pointer}`;

const isChord = ({ ctrlKey, metaKey, altKey }) => ctrlKey || metaKey || altKey;

function take(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

// Whether the block is on the slide of reveal.js that is shown now, and has come on it.
const onStage = (block) =>
  block.closest(".reveal section") &&
  !block.closest(".reveal section:not(.present),.fragment:not(.visible)");

// `fields` are what the reader commits to; `release` is given the reply, and may put it elsewhere.
// The key s skips the question, and Escape gives the keys back to the slides.
export function ask(block, fields, release = () => {}) {
  block.dataset.live = "true";
  const fold = block.querySelector("details");
  const hint = element("p", { class: "lf-hint", role: "status" });
  let answered = false;
  const answer = (skipped) => {
    const missing = !skipped && fields.missing();
    if (missing || answered) return (hint.textContent = missing || "");
    answered = true;
    const reply = element("p", { class: "lf-reply", tabindex: -1 }, ...fields.told(skipped));
    hint.remove();
    keys.replaceWith(reply);
    set.disabled = true;
    release(skipped, reply);
    if (fold.querySelector("dl")) block.append(fold);
    fold.firstChild.textContent = "All the replies";
    reply.focus({ preventScroll: true });
    reply.scrollIntoView({ block: "nearest" }); // and no further
  };
  const commit = button("Commit", () => answer(false), { class: "lf-commit" });
  const skip = button("Show the answer (s)", () => answer(true), { "aria-keyshortcuts": "s" });
  const keys = element("div", { class: "lf-keys" }, commit, skip, ...fields.keys);
  const legend = element("legend", {}, block.querySelector("p").textContent);
  const set = element("fieldset", OWN_KEYS, legend, ...fields.nodes, hint, keys);
  set.onkeydown = (event) => {
    const { key, target } = event;
    if (answered || isChord(event)) return;
    if (key === "Escape") target.blur();
    else if (key === "s") answer(true);
    else if (key === "Enter" && target.type === "radio") answer(false);
    else return;
    take(event);
  };
  // A teacher need not look for the question on the slide that is shown.
  document.addEventListener("keydown", function listen(event) {
    if (answered || !block.isConnected) return document.removeEventListener("keydown", listen, true);
    if (event.key !== "s" || isChord(event) || !onStage(block)) return;
    if (event.target.closest?.("input,textarea,select,[contenteditable=true]")) return;
    answer(true);
    take(event);
  }, true);
  block.replaceChildren(element("style", {}, CONTROLS + LOOK), set);
}
