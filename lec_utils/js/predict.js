// What a figure keeps to itself until its reader has committed to an answer.
import { ask } from "./ask.js";
import { followPointer } from "./drag.js";
import { fill } from "./words.js";

const show = ({ group }, on) => (group.style.display = on ? "" : "none");

function follow(drag, handles) {
  const leave = (svg) => {
    svg.onpointerdown = null;
    svg.style.cursor = "";
  };
  drag(handles, handles.length ? followPointer : leave);
}

// It takes what mount has made. Until the answer a mark ends at its `first` points; 0 is not seen.
export function addPrediction(root, spec, marks, panel, rows, drag, value, draw, choices) {
  const { told, answer, alt, names, drag: handles } = spec.ask;
  const mine = rows.filter(({ name }) => names.includes(name));
  mine.forEach(({ node }) => node.remove());
  const [style, ...withheld] = panel.childNodes;
  panel.replaceChildren(style);
  // What plays stands at its start, also for who sees no motion.
  rows.forEach((row, i) => row.value === spec.controls[i].value || row.set(spec.controls[i].value));
  const own = spec.alt;
  spec.alt = alt;
  marks.forEach((mark) => show(mark, mark.first !== 0));
  draw();
  follow(drag, handles);
  let moved = false;
  for (const row of mine) {
    const { set } = row;
    row.set = (value) => ((moved = true), set(value));
  }
  const block = root.querySelector(".lf-ask");
  const drawn = {
    nodes: mine.map(({ node }) => node),
    keys: [],
    missing: () => (moved ? "" : "Move your mark first."),
    told(skipped) {
      mine.forEach(({ node }) => node.remove());
      return [fill(skipped ? answer : told, value)];
    },
  };
  ask(block, mine.length ? drawn : choices(block), (skipped, reply) => {
    for (const mark of marks) {
      mark.first = undefined;
      show(mark, !(skipped && mark.mine));
    }
    // Nothing stands between a picture and what moves it: the question comes last, its reply first.
    panel.append(...withheld);
    root.insertBefore(block, root.lastElementChild); // after the caption
    block.prepend(reply);
    follow(drag, spec.drag);
    spec.alt = mine.length ? [...own, " " + reply.textContent] : own;
    draw();
  });
}
