// Moves what matplotlib drew, under the browser's own controls: no library, no network, no kernel.
//
// `mount(root, spec, changed)` turns a still <figure> into a live one. The same file serves the
// HTML output of a LiveFigure (Python puts it into a <script>) and its anywidget (`render` below).
// live_figure.py says what a spec holds; expression.py holds the Python twins of LIBRARY.

const each = (g) => (x) => (Array.isArray(x) ? x.map(g) : g(x));

// A figure carries only those that its formulas name: see engine.py.
const LIBRARY = {};
LIBRARY.abs = each(Math.abs);
LIBRARY.exp = each(Math.exp);
LIBRARY.log = each(Math.log);
LIBRARY.sqrt = each(Math.sqrt);
LIBRARY.min = Math.min;
LIBRARY.max = Math.max;
LIBRARY.at = (values, index) => values.at(index);
LIBRARY.upto = (values, index) => values.slice(0, index + 1);
LIBRARY.count = (values) => values.length;
LIBRARY.where = (condition, yes, no) => (condition ? yes : no);
LIBRARY.descend = (df, start, alpha, n) => {
  const guesses = [start];
  while (guesses.length < n) {
    const guess = guesses.at(-1) - alpha * df(guesses.at(-1));
    if (!Number.isFinite(guess)) break;
    guesses.push(guess);
  }
  return guesses;
};
LIBRARY.descend_bowl = (bends, lowest, x, y, alpha, n) => {
  const xs = [x];
  const ys = [y];
  while (xs.length < n) {
    const [dx, dy] = [x - lowest[0], y - lowest[1]];
    x -= alpha * (bends[0] * dx + bends[1] * dy);
    y -= alpha * (bends[1] * dx + bends[2] * dy);
    if (!Number.isFinite(x + y)) break;
    xs.push(x);
    ys.push(y);
  }
  return [xs, ys];
};
LIBRARY.across = (xs, ys, turn) => xs.map((x, i) => ys[i] * Math.cos(turn) - x * Math.sin(turn));
LIBRARY.above = (xs, ys, zs, turn, tilt) => {
  const depth = xs.map((x, i) => x * Math.cos(turn) + ys[i] * Math.sin(turn));
  return zs.map((z, i) => z * Math.cos(tilt) - depth[i] * Math.sin(tilt));
};

function unpack(text, Numbers) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return Array.from(new Numbers(bytes.buffer));
}

// The cubic through the four samples around x: exact on the samples, NaN outside them.
function sampled({ low, high, values }) {
  const ys = unpack(values, Float32Array);
  const step = (high - low) / (ys.length - 1);
  return each((x) => {
    const at = (x - low) / step;
    const near = Math.round(at);
    if (Math.abs(at - near) < 1e-6) return ys[near] ?? NaN;
    if (at < 0 || at > ys.length - 1) return NaN;
    const i = Math.min(Math.max(Math.floor(at) - 1, 0), ys.length - 4);
    const u = at - i;
    return (
      (-ys[i] * (u - 1) * (u - 2) * (u - 3)) / 6 +
      (ys[i + 1] * u * (u - 2) * (u - 3)) / 2 -
      (ys[i + 2] * u * (u - 1) * (u - 3)) / 2 +
      (ys[i + 3] * u * (u - 1) * (u - 2)) / 6
    );
  });
}

// One function that evaluates every formula of the figure for one setting of its controls.
function compile(spec, formulas) {
  const constants = {};
  for (const [name, samples] of Object.entries(spec.functions)) constants[name] = sampled(samples);
  for (const [name, text] of Object.entries(spec.arrays)) constants[name] = unpack(text, Float64Array);
  const lets = spec.lets.map(([name, formula]) => `const ${name} = ${formula};`).join("");
  const body = `const {${Object.keys(LIBRARY)}} = library, {${Object.keys(constants)}} = constants;
    return ({${spec.controls.map((control) => control.name)}}) => { ${lets} return [${formulas}]; }`;
  return new Function("library", "constants", body)(LIBRARY, constants);
}

function written(value, decimals) {
  if (decimals === null) return value;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "no number" : value > 0 ? "∞" : "−∞";
  const text = Math.abs(value) < 1e6 ? value.toFixed(decimals) : value.toExponential(2);
  return text.replace("+", "").replace("-", "−");
}

const list = (values) => (Array.isArray(values) ? values : [values]);
const short = (pixels) => Math.min(Math.max(pixels, -1e5), 1e5).toFixed(2);

// Where numbers on an Axes lie in the picture, in its own units.
function place({ left, top, width, height, x, y }, xs, ys) {
  ys = list(ys);
  return list(xs).map((value, i) => [
    left + (width * (value - x[0])) / (x[1] - x[0]),
    top + (height * (y[1] - (ys.length > 1 ? ys[i] : ys[0]))) / (y[1] - y[0]),
  ]);
}

// Puts a line's vertices and its markers at those points; what is no number is a gap.
function moveLine(group, points) {
  const template = (group.template ??= group.querySelector("use"));
  let d = "";
  let pen = "M";
  const visible = points.filter((point) => {
    const finite = point.every(Number.isFinite);
    if (finite) d += pen + point.map(short).join(" ");
    pen = finite ? "L" : "M";
    return finite;
  });
  group.querySelector(":scope > path")?.setAttribute("d", d);
  if (!template) return;
  group.dots ??= template.parentNode;
  group.dots.replaceChildren(
    ...visible.map((point) => point.map(short)).map(([px, py]) => {
      const dot = template.cloneNode();
      dot.setAttribute("x", px);
      dot.setAttribute("y", py);
      return dot;
    }),
  );
}

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const STYLE = `
.live-figure :is(.lf-row,.lf-keys){display:flex;flex-wrap:wrap;align-items:center;gap:.3em .6em;color:#1a1a1a}
.live-figure .lf-row input{flex:1 1 7em;min-width:0;min-height:44px;margin:0;accent-color:#0072B2;cursor:pointer}
.live-figure .lf-value{min-width:4.5em;font-variant-numeric:tabular-nums}
.live-figure .lf-row :is(button,select){font:inherit;color:#1a1a1a;background:#fff;border:1px solid #595959;border-radius:4px;min-height:44px;min-width:44px;padding:0 .7em;cursor:pointer}
.live-figure :is(input,button,select):focus-visible{outline:3px solid #0072B2;outline-offset:2px}
.live-figure .lf-read{margin:.3em 0;font-weight:600;line-height:1.4;min-height:1.4em;color:#1a1a1a;font-variant-numeric:tabular-nums}
.live-figure .lf-say{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.live-figure :is(svg,input){touch-action:pan-y}`;

// JupyterLab leaves the arrow and letter keys to an element that carries this.
const OWN_KEYS = { "data-lm-suppress-shortcuts": "true" };

// The still picture's SVG, set into the page with ids that no other figure on it has.
function openPicture(image) {
  const bytes = Uint8Array.from(atob(image.src.split(",")[1]), (c) => c.charCodeAt(0));
  const prefix = "lf" + Math.random().toString(36).slice(2) + "-";
  const text = new TextDecoder().decode(bytes).replace(/ id="|href="#|url\(#/g, "$&" + prefix);
  const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  svg.style.cssText += ";display:block;width:100%;max-height:65vh";
  svg.setAttribute("preserveAspectRatio", "xMinYMid");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", image.alt);
  image.replaceWith(svg);
  return { svg, find: (id) => svg.querySelector("#" + prefix + id) };
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Play, step, restart and a speed for a control that counts.
function addPlayer(row, { min, max, rate }, root) {
  let timer = 0;
  const button = (text, label, act) => {
    const node = element("button", { type: "button", "aria-label": label, ...OWN_KEYS }, text);
    node.onclick = act;
    return node;
  };
  const speed = element("select", { "aria-label": "speed", ...OWN_KEYS });
  for (const times of [0.25, 0.5, 1, 2, 4]) speed.append(new Option(times + "×", times, times === 1, times === 1));
  const wait = () => {
    timer = setTimeout(advance, 1000 / (rate * speed.value));
    label("Pause");
  };
  const stop = () => {
    clearTimeout(timer);
    timer = 0;
    label("Play");
  };
  const advance = () => {
    if (!root.isConnected || row.value >= max) return stop();
    wait();
    row.set(row.value + 1);
  };
  const play = button("Play", "play", () => {
    if (timer) return stop();
    if (calm()) return row.set(max);
    if (row.value >= max) row.set(min);
    wait();
  });
  const label = (text) => {
    play.textContent = text;
    play.setAttribute("aria-label", text.toLowerCase());
  };
  const step = button("Step", "one step", () => (stop(), row.set(row.value + 1)));
  const restart = button("Restart", "restart", () => (stop(), row.set(min)));
  row.node.append(element("div", { class: "lf-keys" }, play, step, restart, speed));
  return { stop, playing: () => timer !== 0 };
}

// A labelled range input with its value beside it. `set` takes any value; the input keeps it in range.
function addControl(control, root, changed) {
  const { name, label, min, max, step, rate } = control;
  const input = element("input", { type: "range", min, max, step, "aria-label": label, ...OWN_KEYS });
  // No <output>: a screen reader would speak each of its changes.
  const shown = element("span", { class: "lf-value" });
  const row = {
    name,
    node: element("div", { class: "lf-row" }, element("span", {}, label), input, shown),
    value: rate && calm() ? max : control.value,
    show(text) {
      shown.textContent = text;
      input.setAttribute("aria-valuetext", text);
    },
    set(value) {
      input.value = value;
      row.value = Number(input.value);
      changed(row);
    },
  };
  input.value = row.value;
  if (rate) row.player = addPlayer(row, control, root);
  input.oninput = () => {
    row.player?.stop();
    row.set(input.value);
  };
  input.onkeydown = ({ key }) => void (key === "Escape" && input.blur()); // back to the slides
  return row;
}

// Lets a drag across the first axes move one control from left to right, and perhaps another up and down.
function followPointer(svg, { left, top, width, height, x, y }, [row, upright]) {
  const follow = (event) => {
    if (!event.buttons) return;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    row.set(x[0] + ((point.x - left) / width) * (x[1] - x[0]));
    upright?.set(y[1] - ((point.y - top) / height) * (y[1] - y[0]));
  };
  svg.style.cursor = upright ? "crosshair" : "ew-resize";
  if (upright) svg.style.touchAction = "none";
  svg.onpointerdown = (event) => {
    svg.setPointerCapture(event.pointerId);
    follow(event);
  };
  svg.onpointermove = follow;
}

// The formulas of a spec, each replaced by its place in what `evaluate` returns.
function prepare(spec) {
  const formulas = [];
  const ask = (formula) => formulas.push(formula) - 1;
  const words = (template) => {
    const parts = template.map((part) => (typeof part === "string" ? part : [ask(part[0]), part[1]]));
    const write = (part, values) => (typeof part === "string" ? part : written(values[part[0]], part[1]));
    return (values) => parts.map((part) => write(part, values)).join("");
  };
  const lines = spec.lines.map((line) => ({ ...line, x: ask(line.x), y: ask(line.y) }));
  const texts = spec.texts.map((text) => ({ ...text, words: words(text.template), x: ask(text.x), y: ask(text.y) }));
  const shown = spec.controls.map((control) => words(control.shown));
  const readout = words(spec.readout);
  return { lines, texts, shown, readout, evaluate: compile(spec, formulas) };
}

function mount(root, spec, changed = () => {}) {
  if (root.dataset.live) return;
  root.dataset.live = "true";
  // Before the picture is touched, so that it stays where a page forbids to compile.
  const { lines, texts, shown, readout, evaluate } = prepare(spec);
  const { svg, find } = openPicture(root.querySelector("img"));
  for (const line of lines) line.group = find(line.id);
  for (const text of texts) text.node = find(text.id).querySelector("text");

  const read = element("p", { class: "lf-read" });
  const say = element("p", { class: "lf-say", "aria-live": "polite" });
  let quiet = 0;
  const speak = () => {
    if (!rows.some((row) => row.player?.playing())) say.textContent = read.textContent;
  };
  const draw = () => {
    const values = evaluate(Object.fromEntries(rows.map((row) => [row.name, row.value])));
    for (const { group, axes, x, y } of lines) moveLine(group, place(spec.axes[axes], values[x], values[y]));
    for (const { node, words, axes, x, y } of texts) {
      const [[px, py]] = place(spec.axes[axes], values[x], values[y]);
      node.setAttribute("x", short(px));
      node.setAttribute("y", short(py));
      node.textContent = words(values);
    }
    rows.forEach((row, i) => row.show(shown[i](values)));
    read.textContent = readout(values);
    clearTimeout(quiet);
    quiet = setTimeout(speak, 700);
  };
  const rows = spec.controls.map((control) =>
    addControl(control, root, (row) => {
      draw();
      changed(row.name, row.value);
    }),
  );
  const dragged = spec.drag.map((name) => rows.find((row) => row.name === name));
  if (dragged.length) followPointer(svg, spec.axes[0], dragged);

  const nodes = rows.map((row) => row.node);
  const panel = element("div", {}, element("style", {}, STYLE), ...nodes, read, say);
  root.insertBefore(panel, root.querySelector("figcaption"));
  draw();
  clearTimeout(quiet); // what was there from the start need not be spoken
  return {
    set(name, value) {
      const row = rows.find((row) => row.name === name);
      if (row.value !== value) row.set(value);
    },
    stop: () => rows.forEach((row) => row.player?.stop()),
  };
}

// anywidget's entry: one synced trait a control.
function render({ model, el }) {
  el.innerHTML = model.get("_picture");
  const live = mount(el.firstChild, model.get("_spec"), (name, value) => {
    model.set(name, value);
    model.save_changes();
  });
  const follow = model.get("_spec").controls.map(({ name }) => {
    const event = "change:" + name;
    const act = () => live.set(name, model.get(name));
    model.on(event, act);
    act();
    return () => model.off(event, act);
  });
  return () => {
    live.stop();
    follow.forEach((forget) => forget());
  };
}

export default { render };
