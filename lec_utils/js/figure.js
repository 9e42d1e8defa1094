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
  const lines = spec.lines.map((line) => ({ ...line, group: find(line.id) }));
  const texts = spec.texts.map((text) => ({ ...text, node: find(text.id).querySelector("text") }));
  const meshes = spec.meshes.map((mesh) => ({ ...mesh, group: find(mesh.id) }));
  const value = (i) => formulas[i]();
  const at = ({ axes, x, y }) => place(spec.axes[axes], value(x), value(y));
  const crossings = ({ axes, x, y }) => {
    const above = value(y);
    return value(x).map((row, i) => place(spec.axes[axes], row, above[i]));
  };

  const read = element("p", { class: "lf-read" });
  const say = element("p", { class: "lf-say", "aria-live": "polite" });
  // While a question is open, a mark ends at its `first` points, and the alt text is the question's.
  let limit = (mark) => mark.first ?? undefined;
  let alt = spec.ask?.alt || spec.alt;
  const kept = (mark, whole) => whole.slice(0, limit(mark));
  let formulas, quiet;
  const state = () => Object.fromEntries(rows.map((row) => ["$" + row.name, row.value]));
  const draw = (show) => {
    formulas = evaluate(state());
    for (const mesh of meshes) show(() => parts.moveSurface(mesh, value(mesh.eye), () => crossings(mesh)));
    for (const line of lines) show(() => moveLine(line.group, kept(line, at(line)), line.closed));
    for (const text of texts) show(() => moveText(text.node, at(text)[0], kept(text, fill(text.template, value))));
    rows.forEach((row, i) => show(() => row.show(fill(spec.controls[i].shown, value))));
    show(() => (read.textContent = fill(spec.readout, value)));
    show(() => svg.setAttribute("aria-label", fill(alt, value)));
  };
  const speak = () => {
    if (!rows.some((row) => row.player?.playing())) say.textContent = read.textContent;
  };
  let hear;
  const follow = (row) => {
    row.restarted.forEach(restart);
    draw(attempt);
    hear?.(Boolean(row.player));
    clearTimeout(quiet);
    quiet = setTimeout(speak, QUIET);
    changed(row.name, row.value);
  };
  const restart = (row) => {
    row.player.stop();
    if (row.value) row.set(0);
  };
  // What plays stands at its start, also for who sees no motion, until its end may be seen.
  const rows = spec.controls.map((one) => addSlider(spec.ask ? { ...one, rate: 0 } : one, follow));
  rows.forEach((row) => {
    row.restarted = rows.filter((_, i) => spec.controls[i].restarts?.includes(row.name));
  });
  draw((show) => show());

  rows.forEach((row, i) => {
    if (spec.controls[i].rate) row.player = parts.addPlayer(row, spec.controls[i], root);
  });
  const named = (name) => rows.find((row) => row.name === name);
  const drag = (given, follow) => {
    const handles = given.map((handle) => ({ ...handle, rows: handle.rows.map(named) }));
    follow(svg, handles, spec.axes, at, (px, py) => evaluate({ ...state(), $px: px, $py: py }));
  };
  const mine = spec.ask ? spec.ask.names.map(named) : []; // the sliders of what the reader draws
  const own = rows.filter((row) => !mine.includes(row));
  if (spec.sound) hear = parts.addSound(own[own.length - 1], spec.axes[0], () => at(spec.sound)[0], root);
  const panel = element("div", {}, element("style", {}, STYLE));
  root.insertBefore(panel, root.querySelector("figcaption"));
  const live = () => {
    panel.append(...own.map((row) => row.node), read, say);
    if (spec.drag.length) drag(spec.drag, parts.followPointer);
  };
  const release = (skipped, words) => {
    limit = (mark) => (skipped && mark.first === null ? 0 : undefined);
    alt = [...spec.alt, words];
    draw(attempt);
    live();
  };
  const question = root.querySelector(".lf-ask");
  if (spec.ask) parts.addPrediction(question, spec.ask, mine, value, drag, release);
  else live();
  image.replaceWith(svg);
  root.dataset.live = "true";
  return {
    set: (name, value) => named(name).value === value || named(name).set(value),
    stop: () => rows.forEach((row) => row.player?.stop()),
  };
}
