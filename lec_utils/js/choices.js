// The choices of a question, for one reader and for a show of hands.
import { button } from "./button.js";
import { element, newId, OWN_KEYS } from "./elements.js";

const LOOK = `
figure .lf-choices{columns:2 19em}
.lf-ask div.lf-choice{break-inside:avoid}
.lf-ask div.lf-choice label{min-height:44px;padding:.15em 0;line-height:1.2;cursor:pointer;flex-wrap:nowrap}
.lf-ask :disabled div.lf-choice label{min-height:0;cursor:auto}
.lf-ask div.lf-hands label{flex:1 1 9em;cursor:auto}
.lf-ask [type=radio]{width:1.3em;height:1.3em;min-width:24px;margin:0 .2em;flex:none;accent-color:#0072B2}
.lf-ask [type=number]{width:4.5em}
.lf-ask .lf-track{flex:3 1 12em;display:flex;align-items:center;gap:.5em;font-variant-numeric:tabular-nums}
.lf-ask .lf-bar{border-top:1.4em solid #0072B2}
.lf-ask .lf-right{font-weight:600;border-bottom:3px solid}
.lf-ask [hidden]{display:none!important}`;

// One of the choices: a radio button, and for a show of hands a count with its bar.
function choice(text, name) {
  const radio = element("input", { type: "radio", name, ...OWN_KEYS });
  const hands = element("input", { type: "number", min: 0, value: 0, "aria-label": "hands for " + text });
  const bar = element("span", { class: "lf-bar" });
  const [count, note] = [element("span"), element("span")];
  const words = element("label", {}, radio, element("span", {}, text), note);
  const track = element("span", { class: "lf-track" }, bar, count);
  hands.hidden = track.hidden = true;
  const node = element("div", { class: "lf-choice" }, words, hands, track);
  return { text, radio, hands, bar, count, note, track, node };
}

// The choices in a block that ask.py wrote; the right one has more words among the replies.
export function choices(block) {
  const texts = (tag) => [...block.querySelectorAll(tag)].map((node) => node.textContent);
  const [told, replies, name] = [texts("dt"), texts("dd"), newId()];
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
  const list = element("div", { class: "lf-choices" }, ...rows.map(({ node }) => node));
  const raise = button("Show of hands", () => {
    list.className = ""; // one below the other
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
    nodes: [element("style", {}, LOOK), list],
    keys: [raise],
    missing: () => (rows.some(({ radio }) => radio.checked) ? "" : "Choose one first."),
    told(skipped) {
      const chosen = skipped ? right : rows.findIndex(({ radio }) => radio.checked);
      // Counted hands stay; of choices those that the reply is about. All are in the fold.
      if (raise.isConnected) rows.forEach(({ node }, i) => i === chosen || i === right || node.remove());
      rows[chosen].note.textContent = "✗ your choice";
      rows[right].note.textContent = "✓ correct";
      rows[right].note.className = "lf-right";
      const lead = skipped ? `The answer: “${rows[right].text}”.` : chosen === right ? "Right." : "Not so.";
      return [element("strong", {}, lead), " " + replies[chosen]];
    },
  };
}
