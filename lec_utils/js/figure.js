// Turns a still <figure> into a live one: no library, no network, no kernel.
//
// live_figure.py says what a spec and a program hold.
import { unpack } from "./data.js";
import { element } from "./elements.js";
import { moveLine, moveText, place } from "./marks.js";
import { LIBRARY } from "./operations.js";
import { openPicture } from "./picture.js";
import { addSlider } from "./slider.js";
import { STYLE } from "./style.js";
import { fill } from "./words.js";

const QUIET = 700; // ms at rest before the reading is spoken

// What has no value where the sliders are stays as it was, and stops nothing else.
function attempt(show) {
  try {
    show();
  } catch (error) {
    console.warn(error);
  }
}

// `parts` are what only some figures need, as engine.py names them. Drawn first and shown then: a
// browser that fails on the way keeps the still picture.
export function mount(root, spec, program, parts, changed = () => {}) {
  if (root.dataset.live) return;
  const data = spec.data.map(([name, value]) => [name, unpack(value)]);
  const evaluate = program(LIBRARY, Object.fromEntries(data));
  const image = root.querySelector("img");
  const { svg, find } = openPicture(image);
  const marks = (kind, all) => all.map((mark, i) => ({ ...mark, group: find("mark-" + kind + i) }));
  const [lines, texts] = [marks("line", spec.lines), marks("text", spec.texts)];
  const meshes = marks("mesh", spec.meshes);
  const value = (i) => formulas[i]();
  const at = ({ axes = 0, x, y, first }) => place(spec.axes[axes], value(x), value(y)).slice(0, first || 1e9);
  const crossings = ({ axes = 0, x, y }) => {
    const above = value(y);
    return value(x).map((row, i) => place(spec.axes[axes], row, above[i]));
  };

  const read = element("p", { class: "lf-read" });
  const say = element("p", { class: "lf-say", "aria-live": "polite" });
  let formulas, quiet, hear, stride;
  const state = () => Object.fromEntries(rows.map((row) => ["$" + row.name, row.value]));
  const draw = (show) => {
    formulas = evaluate(state());
    for (const mesh of meshes) show(() => parts.moveSurface(mesh, value(mesh.eye), () => crossings(mesh)));
    for (const line of lines) show(() => moveLine(line.group, at(line), line.closed));
    for (const text of texts) show(() => moveText(text.group.firstChild, at(text)[0], fill(text.template, value)));
    rows.forEach((row, i) => show(() => row.show(fill(spec.controls[i].shown, value))));
    show(() => (read.textContent = fill(spec.readout, value)));
    show(() => svg.setAttribute("aria-label", fill(spec.alt, value)));
  };
  const speak = () => {
    if (!rows.some((row) => row.player?.playing())) say.textContent = read.textContent;
  };
  const follow = (row) => {
    row.restarted.forEach(restart);
    draw(attempt);
    hear?.(Boolean(row.player));
    stride?.(row);
    clearTimeout(quiet);
    quiet = setTimeout(speak, QUIET);
    changed(row.name, row.value);
  };
  const restart = (row) => {
    row.player.stop();
    if (row.value) row.set(0);
  };
  const rows = spec.controls.map((control) => addSlider(control, follow));
  rows.forEach((row) => {
    row.restarted = rows.filter((_, i) => spec.controls[i].restarts?.includes(row.name));
  });
  draw((show) => show());

  rows.forEach((row, i) => {
    if (spec.controls[i].rate) row.player = parts.addPlayer(row, spec.controls[i], root);
  });
  const named = (name) => rows.find((row) => row.name === name);
  const drag = (given, follow) => {
    const handles = given.map((handle) => ({ axes: 0, ...handle, rows: handle.rows.map(named) }));
    follow(svg, handles, spec.axes, at, (px, py) => evaluate({ ...state(), $px: px, $py: py }));
  };
  if (spec.drag.length) drag(spec.drag, parts.followPointer);
  if (spec.sound) hear = parts.addSound(rows[rows.length - 1], spec.axes[0], () => at(spec.sound)[0], root);
  if (spec.stride) {
    const [way, ...ends] = spec.stride.map((i) => lines[i]);
    stride = parts.addStride(rows.find((row) => row.player), () => at(way), ends, at);
  }
  const nodes = rows.map((row) => row.node);
  const panel = element("div", {}, element("style", {}, STYLE), ...nodes, read, say);
  root.insertBefore(panel, root.querySelector("figcaption"));
  parts.addPrediction?.(root, spec, [...lines, ...texts], panel, rows, drag, value, () => draw(attempt), parts.choices);
  image.replaceWith(svg);
  root.dataset.live = "true";
  return {
    set: (name, value) => named(name).value === value || named(name).set(value),
    stop: () => rows.forEach((row) => row.player?.stop()),
  };
}
