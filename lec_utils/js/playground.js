// A formula of one's own: typed, drawn and descended on.
import { niceStep, outline, surroundings, tidy } from "./shape.js";
import { followPointer } from "./drag.js";
import { element, newId, OWN_KEYS } from "./elements.js";
import { read } from "./grammar.js";
import { openGraph } from "./graph.js";
import { descend, diagnose } from "./run.js";
import { addSlider } from "./slider.js";
import { STYLE } from "./style.js";

const REST = 700; // ms after which a slip or a reading is told
const LOOK = `
.live-figure [type=text]{touch-action:auto}
.live-figure .lf-end{flex:0 1 3.3em!important}
.live-figure [role=alert]{margin:.3em 0}
.live-figure [role=alert] code{font-size:1em;white-space:pre-wrap;background:none;color:inherit}
.live-figure u{text-decoration:underline 3px;text-underline-offset:4px;font-weight:700}`;

// Four digits, with true minus signs.
function say(value) {
  const size = Math.abs(value);
  const short = Number(value.toPrecision(4));
  const text = size && (size >= 1e5 || size < 1e-3) ? short.toExponential(1) : `${short}`;
  return Number.isNaN(value) ? "no number" : text.replace("+", "").replace(/-/g, "−").replace("Infinity", "∞");
}

// The stops of alpha have two digits, from 1.0e-4 to 10.
const alphaAt = (stop) => Number(10 + (stop % 90) + "e" + (Math.floor(stop / 90) - 5));
function stopOf(alpha) {
  const [digits, power] = alpha.toExponential(1).split("e");
  return Math.min(Math.max(Math.round(digits * 10) - 10 + 90 * (Number(power) + 4), 0), 450);
}

const number = (text) => Number(text.replace("−", "-").replace(",", "."));

// `given` has a formula, a start (or null), alpha, n and perhaps a range. The figure tells each
// state by an event "told", and takes another one by an event "take".
export function openPlayground(root, given) {
  if (root.dataset.live) return;
  const image = root.querySelector("img");
  const id = newId();
  const typing = (more) => {
    const box = element("input", { type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: false, ...more, ...OWN_KEYS });
    box.onkeydown = (event) => event.stopPropagation();
    return box;
  };
  const field = typing({ id, "aria-describedby": id + "slip", enterkeyhint: "done" });
  const label = element("label", { for: id });
  const slip = element("p", { id: id + "slip", role: "alert" });
  const ends = ["from", "to"].map((name) => typing({ class: "lf-end", "aria-label": "view " + name }));
  const view = element("div", { class: "lf-row" }, "view from", ends[0], "to", ends[1]);
  const [reading, spoken] = [element("p", { class: "lf-read" }), element("p", { class: "lf-say", "aria-live": "polite" })];
  const sliders = element("div");
  let svg = image;
  let state, f, graph, rows, timer, spot;
  const later = (act, wait = REST) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };

  function redraw() {
    const { formula, start, n } = state;
    const run = descend(f.at, start, state.alpha, n);
    spot = graph.show(run);
    const map = f.names[1];
    const [word, why] = diagnose(run, map ? null : graph.axes.x);
    const last = run.guesses.length - 1;
    const places = f.names.map((name, i) => `${name} = ${say(run.guesses[last][i])}`).join(", ");
    const height = say(run.heights[last]);
    reading.textContent = `After ${last} update${last === 1 ? "" : "s"} ${places}, f = ${height}. ${word}: ${why}.`;
    const ground = map ? "Level lines" : outline(f.at, ...graph.axes.x, say);
    const words = `f(${f.names.join(", ")}) = ${formula}. ${ground}. Gradient descent from ${start.map(say).join(", ")} at α = ${say(state.alpha)}.`;
    svg.setAttribute("aria-label", `${words} ${reading.textContent}`);
    [...start, state.alpha, n].forEach((value, i) => rows[i].show(say(value)));
    later(() => (spoken.textContent = reading.textContent));
    root.dispatchEvent(new CustomEvent("told", { bubbles: true, detail: state }));
  }

  // Draws another formula or range; the start stays if it can be seen.
  function reground(asked) {
    let [low, high] = state.range || surroundings(f.at, f.names.length);
    const start = state.start && state.start.length === f.names.length ? state.start : [];
    if (asked && !state.range) [low, high] = [Math.min(low, ...start), Math.max(high, ...start)];
    const step = niceStep((high - low) / 300);
    const stop = (share) => tidy(low + Math.round((share * (high - low)) / step) * step);
    const seen = start.length && start.every((x) => x >= low && x <= high);
    if (!seen) state.start = f.names.map((_, i) => stop(0.85 - 0.1 * i));
    graph = openGraph(f, [low, high], say);
    const slider = (label, min, max, step, value, act) =>
      addSlider({ label, min, max, step, value, decimals: 12 }, (row) => (act(row.value), redraw()));
    // What stands between two stops stays there until it is moved.
    const near = (value, x) => (Math.abs(value - x) <= step / 2 ? x : value);
    const moved = (i) => (value) => (state.start = state.start.map((x, k) => (k === i ? near(value, x) : x)));
    const places = f.names.map((name, i) => slider("start " + name, low, high, step, state.start[i], moved(i)));
    const slid = (stop) => (state.alpha = stop === stopOf(state.alpha) ? state.alpha : alphaAt(stop));
    const alpha = slider("α", 0, 450, 1, stopOf(state.alpha), slid);
    rows = [...places, alpha, slider("guesses", 2, 100, 1, state.n, (n) => (state.n = n))];
    sliders.replaceChildren(...rows.map((row) => row.node));
    const handle = { axes: 0, rows: places, upright: places.length > 1 };
    followPointer(graph.svg, [handle], [graph.axes], () => [spot]);
    graph.svg.style.maxHeight = image.style.maxHeight;
    svg.replaceWith(graph.svg);
    svg = graph.svg;
    ends.forEach((end, i) => (end.placeholder = say(graph.axes.x[i])));
    label.textContent = `f(${f.names.join(", ")}) =`;
    redraw();
  }

  function complain({ message, at, end }) {
    const text = field.value;
    const place = [text.slice(0, at), element("u", {}, text.slice(at, end) || " "), text.slice(end)];
    slip.replaceChildren(`Character ${at + 1}: ${message} `, element("code", {}, ...place));
    field.setAttribute("aria-invalid", "true");
    reading.textContent = `The picture still shows ${state.formula}.`;
  }
  // Takes what is typed, with the other parts of a state; a slip leaves all as it was.
  function typed(next, asked, wait) {
    try {
      f = read(field.value);
    } catch (error) {
      if (error.at === undefined) throw error;
      return later(() => complain(error), wait);
    }
    slip.textContent = "";
    field.removeAttribute("aria-invalid");
    state = { ...next, formula: field.value };
    ends.forEach((end, i) => asked && (end.value = state.range ? state.range[i] : ""));
    reground(asked);
  }
  const looked = () => {
    const [low, high] = ends.map((end) => number(end.value));
    const written = ends.filter((end) => end.value.trim()).length;
    const good = written === 2 && low < high && high - low < 1e9;
    slip.textContent = good || written < 2 ? "" : "The view goes from a number to a larger one.";
    state.range = good ? [low, high] : null;
    if (good || !written) reground();
  };
  const take = (next) => {
    field.value = next.formula;
    typed(next, true, 0);
  };

  field.oninput = () => typed(state);
  // What is drawn already stays, with the slider to which a hand has gone from the field.
  field.onchange = () => field.value === state.formula || typed(state, false, 0);
  ends.forEach((end) => (end.onchange = looked));
  take(given);
  root.prepend(element("div", {}, element("style", {}, STYLE + LOOK), element("div", { class: "lf-row" }, label, field), slip));
  const panel = element("div", {}, sliders, view, reading, spoken);
  root.insertBefore(panel, root.querySelector("figcaption"));
  root.dataset.live = "true";
  root.addEventListener("take", ({ detail }) => take({ ...given, ...detail }));
}
