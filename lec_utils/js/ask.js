// A question whose answer is shown once its reader has committed to one.
import { element, OWN_KEYS } from "./elements.js";

const LOOK = `
.lf-ask fieldset{border:0;margin:0;padding:0;min-width:0}
.lf-ask legend{padding:0;font-weight:600}
.lf-ask :is(.lf-choice,.lf-choice label,.lf-keys){display:flex;flex-wrap:wrap;align-items:center;gap:.3em .6em}
.lf-ask .lf-choice label{min-height:44px;cursor:pointer;flex-wrap:nowrap}
.lf-ask .lf-hands label{flex:1 1 9em;cursor:auto}
.lf-ask [type=radio]{width:1.3em;height:1.3em;min-width:24px;margin:0 .2em;flex:none;accent-color:#0072B2}
.lf-ask [type=number]{width:4.5em}
.lf-ask .lf-track{flex:3 1 12em;display:flex;align-items:center;gap:.5em;font-variant-numeric:tabular-nums}
.lf-ask .lf-bar{height:1.4em;background:#0072B2;border-radius:2px}
.lf-ask .lf-right{font-weight:600;border-bottom:3px solid}
.lf-ask :is(button,[type=number]){font:inherit;color:inherit;background:none;border:1px solid #767676;border-radius:4px;min-height:44px;min-width:44px;padding:0 .7em}
.lf-ask button{cursor:pointer}
.lf-ask .lf-commit{color:#fff;background:#00507c;border-color:#00507c}
.lf-ask .lf-hint{margin:0;font-style:italic}
.lf-ask .lf-reply{margin:.5em 0;padding:.2em 0 .2em .7em;border-left:5px solid #D55E00;line-height:1.4}
.lf-ask .lf-reply:focus{outline:none}
.lf-ask summary{line-height:44px;cursor:pointer}
.lf-ask :is(button,input,summary):focus-visible{outline:3px solid #0072B2;outline-offset:2px}
.lf-ask [hidden]{display:none!important}`;

function button(text, act, attributes = {}) {
  const node = element("button", { type: "button", ...attributes }, text);
  node.onclick = act;
  return node;
}

// One of the choices: a radio button, and for a show of hands a count with its bar.
function choice(text, name) {
  const radio = element("input", { type: "radio", name, ...OWN_KEYS });
  const hands = element("input", { type: "number", min: 0, value: 0, "aria-label": "hands for " + text });
  const bar = element("span", { class: "lf-bar" });
  const count = element("span");
  const note = element("span");
  const words = element("label", {}, radio, element("span", {}, text), note);
  const track = element("span", { class: "lf-track" }, bar, count);
  hands.hidden = track.hidden = true;
  const node = element("div", { class: "lf-choice" }, words, hands, track);
  return { text, radio, hands, bar, count, note, track, node };
}

// The choices in a block that ask.py wrote; the right one has more words among the replies.
function choices(block) {
  const texts = (tag) => [...block.querySelectorAll(tag)].map((node) => node.textContent);
  const [told, replies, name] = [texts("dt"), texts("dd"), "lf" + Math.random().toString(36).slice(2)];
  const rows = texts("li").map((text) => choice(text, name));
  const right = rows.findIndex(({ text }, i) => told[i] !== text);
  const draw = () => {
    const counts = rows.map(({ hands }) => Math.max(Math.floor(hands.value) || 0, 0));
    const all = counts.reduce((sum, count) => sum + count, 0);
    rows.forEach(({ bar, count }, i) => {
      const share = all && counts[i] / all;
      bar.style.width = 60 * share + "%";
      count.textContent = `${counts[i]} of ${all}, ${Math.round(100 * share)} %`;
    });
  };
  const raise = button("Show of hands", () => {
    rows.forEach((row) => {
      row.node.classList.add("lf-hands");
      row.radio.hidden = !(row.hands.hidden = row.track.hidden = false);
      row.radio.checked = false;
      row.hands.oninput = draw;
    });
    draw();
    raise.parentNode.firstChild.remove(); // no one commits alone
    raise.remove();
    rows[0].hands.focus();
  });
  return {
    nodes: rows.map(({ node }) => node),
    keys: [raise],
    missing: () => (rows.some(({ radio }) => radio.checked) ? "" : "Choose one first."),
    told(skipped) {
      const chosen = skipped ? right : rows.findIndex(({ radio }) => radio.checked);
      rows.forEach(({ radio }) => (radio.disabled = true));
      rows[chosen].note.textContent = "✗ your choice";
      rows[right].note.textContent = "✓ correct";
      rows[right].note.className = "lf-right";
      const lead = skipped ? `The answer: “${rows[right].text}”.` : chosen === right ? "Right." : "Not so.";
      return [element("strong", {}, lead), " " + replies[chosen]];
    },
  };
}

const isChord = ({ ctrlKey, metaKey, altKey }) => ctrlKey || metaKey || altKey;

function take(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

// Whether the block is on the slide of reveal.js that is shown now, and has come on it.
const onStage = (block) =>
  block.closest(".reveal section") &&
  !block.closest(".reveal section:not(.present),.fragment:not(.visible)");

// `fields` are what the reader commits to; `release` comes before the reply is shown. The key s
// skips the question, and Escape gives the keys back to the slides.
export function ask(block, fields = choices(block), release = () => {}) {
  block.dataset.live = "true";
  const fold = block.querySelector("details");
  const hint = element("p", { class: "lf-hint", role: "status" });
  let answered = false;
  const answer = (skipped) => {
    const missing = !skipped && fields.missing();
    if (missing || answered) return (hint.textContent = missing || "");
    answered = true;
    const reply = element("p", { class: "lf-reply", tabindex: -1 }, ...fields.told(skipped));
    release(skipped, reply.textContent);
    hint.remove();
    keys.replaceWith(reply);
    if (fold.querySelector("dl")) block.append(fold);
    fold.firstChild.textContent = "All the replies";
    reply.focus();
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
  block.replaceChildren(element("style", {}, LOOK), set);
}
