// What a figure keeps to itself until its reader has committed to an answer.
import { ask } from "./ask.js";
import { followPointer } from "./drag.js";
import { fill } from "./words.js";

// `rows` are the sliders of the reader's own marks, none where one chooses; `drag` lets a pointer
// take hold of these handles; `release(skipped, words)` lets the rest of the figure live.
export function addPrediction(block, { told, answer, drag: handles }, rows, value, drag, release) {
  const first = rows.map((row) => row.value);
  let moved = false;
  const fields = rows.length && {
    nodes: rows.map(({ node }) => node),
    keys: [],
    missing: () => {
      moved = moved || rows.some((row, i) => row.value !== first[i]);
      return moved ? "" : "Move your mark first.";
    },
    told(skipped) {
      rows.forEach(({ node }) => node.remove());
      return [fill(skipped ? answer : told, value)];
    },
  };
  drag(handles, followPointer);
  ask(block, fields || undefined, (skipped, words) => {
    drag([], followPointer);
    release(skipped, rows.length ? " " + words : "");
  });
}
