// A picture drawn in the browser: a curve, or a map of level lines, with axes and a run.
import { newId, shape } from "./elements.js";
import { niceStep, spread, tidy } from "./shape.js";
import { moveLine, moveText, place } from "./marks.js";

const [BLUE, ORANGE, INK] = ["#0072B2", "#D55E00", "#1a1a1a"];
const LEVELS = 12;

// Words with a halo, so that lines behind them do not cross them.
const words = (text, x = 0, y = 0, anchor = "middle") =>
  shape("text", { x, y, "text-anchor": anchor, stroke: "#fff", "stroke-width": 4, "paint-order": "stroke" }, text);
const line = (color, width, more) => shape("path", { fill: "none", stroke: color, "stroke-width": width, ...more });

// Tidy numbers between two ends, seven at most, such that their labels have `room` of the whole.
function ticks([low, high], room) {
  for (let many = 7; ; many--) {
    const step = niceStep((high - low) / many);
    const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
    const values = spread(first, last, last - first + 1).map((k) => tidy(k * step));
    if (many < 2 || values.every((value) => room(value) <= step / (high - low))) return values;
  }
}

// The heights that are seen: all, but of a pole only its foot.
export function seen(ys) {
  const sorted = ys.filter(Number.isFinite).sort((a, b) => a - b);
  const at = (part) => sorted[Math.round(part * (sorted.length - 1))] || 0;
  const pole = at(1) - at(0) > 20 * (at(0.95) - at(0.05)) && at(0.95) > at(0.05) ? 0.05 : 0;
  const margin = 0.07 * (at(1 - pole) - at(pole)) || 1;
  return [at(pole) - margin, at(1 - pole) + margin];
}

// Where the heights on a grid cross a level: the ends of short lines, with gaps between them.
function crossings(side, heights, level) {
  const [xs, ys] = [[], []];
  for (let i = 1; i < side.length; i++)
    for (let j = 1; j < side.length; j++) {
      const corners = [[i - 1, j - 1], [i, j - 1], [i, j], [i - 1, j]];
      corners.forEach(([a, b], k) => {
        const [c, d] = corners[(k + 1) % 4];
        const [from, to] = [heights[b][a], heights[d][c]];
        if (from < level === to < level) return;
        const share = (level - from) / (to - from);
        xs.push(side[a] + share * (side[c] - side[a]));
        ys.push(side[b] + share * (side[d] - side[b]));
        if (xs.length % 3 === 2) xs.push(NaN), ys.push(NaN);
      });
    }
  return [xs, ys];
}

// `axes` are as in the spec of live_figure.py; `show` draws a run and returns where it starts.
export function openGraph({ names, at }, range, say) {
  const map = names.length > 1;
  const side = spread(...range, map ? 49 : 301);
  const heights = map ? side.map((y) => side.map((x) => at(x, y)[0])) : side.map((x) => at(x)[0]);
  const box = map ? { left: 60, top: 24, width: 270, height: 270 } : { left: 54, top: 24, width: 296, height: 166 };
  const axes = { ...box, x: range, y: map ? range : seen(heights) };
  const { left, top, width, height } = box;
  const [right, bottom] = [left + width, top + height];
  const id = newId();
  const clip = shape("clipPath", { id }, shape("rect", { x: left - 7, y: top - 7, width: width + 14, height: height + 14 }));
  const dot = (name, r, fill, stroke) => shape("circle", { id: id + name, r, fill, stroke, "stroke-width": 1.5 });
  const defs = shape("defs", {}, clip, dot("o", 4, "#fff", ORANGE), dot("s", 6.5, ORANGE, INK));
  const style = "display:block;width:100%;background:#fff;forced-color-adjust:none;font:12px DejaVu Sans,Verdana,Arial,sans-serif;fill:#1a1a1a";
  const svg = shape("svg", { viewBox: `0 0 360 ${bottom + 42}`, role: "img", preserveAspectRatio: "xMinYMid", style }, defs);
  const add = (path, ...more) => {
    const group = shape("g", { "clip-path": `url(#${id})` }, path, ...more);
    svg.append(group);
    return group;
  };
  const dots = (name) => shape("g", {}, shape("use", { href: "#" + id + name }));

  for (const x of ticks(range, (value) => (7.6 * say(value).length + 12) / width)) {
    const [[px]] = place(axes, x, axes.y[0]);
    svg.append(line("#d0d0d0", 0.6, { d: `M${px} ${top}V${bottom}` }), words(say(x), px, bottom + 17));
  }
  for (const y of ticks(axes.y, () => 26 / height)) {
    const [[, py]] = place(axes, range[0], y);
    svg.append(line("#d0d0d0", 0.6, { d: `M${left} ${py}H${right}` }), words(say(y), left - 6, py + 4, "end"));
  }
  svg.append(words(names[0], right, bottom + 34, "end"), words(names[1] || `f(${names[0]})`, left, 13));
  if (map) {
    const known = heights.flat().filter(Number.isFinite);
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const labels = [];
    for (let k = 1; k <= LEVELS; k++) {
      const level = low + (high - low) * (k / (LEVELS + 1)) ** 2; // closer where it is low
      const points = place(axes, ...crossings(side, heights, level));
      moveLine(add(line(BLUE, 1.2)), points);
      const [x, y] = points.reduce((best, point) => (point[1] < best[1] ? point : best), [0, bottom]);
      if (k % 3 === 0 && y < bottom - 20) labels.push(words(say(Number(level.toPrecision(2))), x, Math.max(y + 4, top + 12)));
    }
    svg.append(...labels);
  } else moveLine(add(line(BLUE, 2.6)), place(axes, side, heights));

  const trail = add(line(ORANGE, 1.3), dots("o"));
  const start = add(line("none", 0), dots("s"));
  const [from, to] = [words(""), words("")];
  svg.append(from, to);
  const write = (node, [x, y], text) => {
    const aside = y < top + 16 ? (x > (left + right) / 2 ? -30 : 30) : 0;
    moveText(node, [Math.min(Math.max(x + aside, left + 18), right - 18), aside ? y + 4 : y - 11], text);
  };
  const show = ({ guesses, heights }) => {
    const points = guesses.map((guess, i) => place(axes, guess[0], map ? guess[1] : heights[i])[0]);
    const last = points[points.length - 1];
    moveLine(trail, points);
    moveLine(start, points.slice(0, 1));
    const far = Math.hypot(last[0] - points[0][0], last[1] - points[0][1]) > 36;
    const inside = last[0] > left && last[0] < right && last[1] > top && last[1] < bottom;
    write(from, points[0], "start");
    write(to, last, far && inside ? "last" : "");
    return points[0];
  };
  return { svg, axes, show };
}
