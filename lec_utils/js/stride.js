// A step that is seen to be taken: a mark goes its way, instead of standing at its end at once.
import { calm } from "./elements.js";
import { moveLine } from "./marks.js";

const LONG = 180; // ms

// The place at a share of a way, each of whose legs takes as long as any other.
function along(way, share) {
  const legs = share * (way.length - 1);
  const leg = Math.min(Math.floor(legs), way.length - 2);
  const part = (legs - leg) ** 2 * (3 - 2 * (legs - leg)); // off slowly, and slowly to its end
  return way[leg].map((x, k) => x + part * (way[leg + 1][k] - x));
}

// `way` gives the corners of the step to where the row stands, and `ends` the lines which end there.
// It is for eyes alone: words, and all other marks, have arrived. Who steps on sooner is not slowed.
export function addStride(row, way, ends, at) {
  let [stop, last, frame] = [row.value, -LONG, 0];
  return (changed) => {
    cancelAnimationFrame(frame);
    if (changed !== row) return;
    const now = performance.now();
    const single = row.value === stop + 1 && now - last >= LONG && !calm();
    [stop, last] = [row.value, now];
    if (!single) return;
    const step = () => {
      const share = Math.min((performance.now() - now) / LONG, 1);
      for (const line of ends) moveLine(line.group, [...at(line).slice(0, -1), along(way(), share)]);
      if (share < 1) frame = requestAnimationFrame(step);
    };
    step();
  };
}
