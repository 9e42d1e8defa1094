// Moves what matplotlib drew, under the browser's own controls: no library, no network, no kernel.
//
// `mount(root, spec, changed)` turns a still <figure> into a live one. The same file serves the
// HTML output of a LiveFigure (Python puts it into a <script>) and its anywidget (`render` below).
// live_figure.py says what a spec holds; expression.py holds the Python twins of LIBRARY.

const each = (g) => (x) => (Array.isArray(x) ? x.map(g) : g(x));

const LIBRARY = {
  abs: each(Math.abs),
  exp: each(Math.exp),
  log: each(Math.log),
  sqrt: each(Math.sqrt),
  min: Math.min,
  max: Math.max,
  at: (values, index) => values.at(index),
  upto: (values, index) => values.slice(0, index + 1),
  count: (values) => values.length,
  where: (condition, yes, no) => (condition ? yes : no),
  descend(df, start, alpha, n) {
    const guesses = [start];
    while (guesses.length < n) {
      const guess = guesses.at(-1) - alpha * df(guesses.at(-1));
      if (!Number.isFinite(guess)) break;
      guesses.push(guess);
    }
    return guesses;
  },
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

// Puts a line's vertices and its markers where the numbers say.
function moveLine(group, { left, top, width, height, x, y }, xs, ys) {
  const template = (group.template ??= group.querySelector("use"));
  const points = list(xs)
    .map((value, i) => [
      left + (width * (value - x[0])) / (x[1] - x[0]),
      top + (height * (y[1] - (list(ys)[i] ?? ys))) / (y[1] - y[0]),
    ])
    .filter((point) => point.every(Number.isFinite))
    .map((point) => point.map(short));
  const line = group.querySelector(":scope > path");
  line?.setAttribute("d", points.map((point, i) => (i ? "L" : "M") + point.join(" ")).join(""));
  if (!template) return;
  group.dots ??= template.parentNode;
  group.dots.replaceChildren(
    ...points.map(([px, py]) => {
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
.live-figure .lf-row input{flex:1 1 9em;min-width:0;min-height:44px;margin:0;accent-color:#0072B2;cursor:pointer}
.live-figure .lf-value{min-width:4.5em;font-variant-numeric:tabular-nums}
.live-figure .lf-row :is(button,select){font:inherit;color:#1a1a1a;background:#fff;border:1px solid #595959;border-radius:4px;min-height:44px;min-width:44px;padding:0 .7em;cursor:pointer}
.live-figure :is(input,button,select):focus-visible{outline:3px solid #0072B2;outline-offset:2px}
.live-figure .lf-read{margin:.3em 0;font-weight:600;line-height:1.4;min-height:1.4em;color:#1a1a1a;font-variant-numeric:tabular-nums}
.live-figure .lf-say{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.live-figure svg{touch-action:pan-y}`;

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

// Play, step and restart for a control that counts.
function addPlayer(row, control, get, set, root) {
  const button = (text, label, act) => {
    const node = element("button", { type: "button", "aria-label": label, ...OWN_KEYS }, text);
    node.onclick = act;
    return node;
  };
  const speed = element("select", { "aria-label": "speed", ...OWN_KEYS });
  for (const times of [0.25, 0.5, 1, 2, 4]) speed.append(new Option(times + "×", times, times === 1, times === 1));
  let timer = 0;
  const show = () => {
    play.textContent = timer ? "Pause" : "Play";
    play.setAttribute("aria-label", timer ? "pause" : "play");
  };
  const stop = () => {
    clearTimeout(timer);
    timer = 0;
    show();
  };
  const advance = () => {
    if (!root.isConnected || get() >= control.max) return stop();
    timer = setTimeout(advance, 1000 / (control.rate * speed.value));
    set(get() + 1);
  };
  const play = button("Play", "play", () => {
    if (timer) return stop();
    if (calm()) return set(control.max);
    if (get() >= control.max) set(control.min);
    timer = setTimeout(advance, 1000 / (control.rate * speed.value));
    show();
  });
  const step = button("Step", "one step", () => (stop(), set(Math.min(get() + 1, control.max))));
  const restart = button("Restart", "restart", () => (stop(), set(control.min)));
  row.append(element("div", { class: "lf-keys" }, play, step, restart, speed));
  return { stop, playing: () => timer !== 0 };
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function mount(root, spec, changed = () => {}) {
  if (root.dataset.live) return;
  root.dataset.live = "true";
  const formulas = [];
  const ask = (formula) => formulas.push(formula) - 1;
  const asText = (pieces) => {
    const parts = pieces.map((piece) => (typeof piece === "string" ? piece : [ask(piece[0]), piece[1]]));
    return (values) =>
      parts.map((part) => (typeof part === "string" ? part : written(values[part[0]], part[1]))).join("");
  };

  const lines = spec.lines.map((line) => ({ ...line, x: ask(line.x), y: ask(line.y) }));
  const texts = spec.texts.map((text) => ({ ...text, words: asText(text.template) }));
  const readout = asText(spec.readout);
  const shown = spec.controls.map((control) => asText(control.shown));
  const evaluate = compile(spec, formulas);
  // Only now, so that the still picture stays where a page forbids to compile.
  const { svg, find } = openPicture(root.querySelector("img"));
  for (const line of lines) line.group = find(line.id);
  for (const text of texts) text.node = find(text.id).querySelector("text");

  const read = element("p", { class: "lf-read" });
  const say = element("p", { class: "lf-say", "aria-live": "polite" });
  const state = {};
  let quiet = 0;
  const draw = () => {
    const values = evaluate(state);
    for (const { group, axes, x, y } of lines) moveLine(group, spec.axes[axes], values[x], values[y]);
    for (const { node, words } of texts) node.textContent = words(values);
    read.textContent = readout(values);
    rows.forEach(({ value }, i) => (value.textContent = shown[i](values)));
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      if (!rows.some((row) => row.player?.playing())) say.textContent = read.textContent;
    }, 700);
  };

  const rows = spec.controls.map((control) => {
    const { name, label, min, max, step } = control;
    state[name] = control.rate && calm() ? max : control.value;
    const input = element("input", { type: "range", min, max, step, "aria-label": label, ...OWN_KEYS });
    input.value = state[name];
    // No <output>: a screen reader would speak each of its changes.
    const value = element("span", { class: "lf-value" });
    const set = (next) => {
      input.value = next;
      state[name] = Number(input.value);
      draw();
      changed(name, state[name]);
    };
    const node = element("div", { class: "lf-row" }, element("span", {}, label), input, value);
    const player = control.rate && addPlayer(node, control, () => state[name], set, root);
    input.oninput = () => {
      if (player) player.stop();
      set(input.value);
    };
    return { name, node, value, set, player };
  });

  if (spec.drag) {
    const row = rows.find(({ name }) => name === spec.drag);
    const { left, width, x } = spec.axes[0];
    const follow = (event) => {
      if (!event.buttons) return;
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      row.set(x[0] + ((point.x - left) / width) * (x[1] - x[0]));
    };
    svg.style.cursor = "ew-resize";
    svg.onpointerdown = (event) => {
      svg.setPointerCapture(event.pointerId);
      follow(event);
    };
    svg.onpointermove = follow;
  }

  const caption = root.querySelector("figcaption");
  const panel = element("div", {}, element("style", {}, STYLE), ...rows.map((row) => row.node), read, say);
  root.insertBefore(panel, caption);
  draw();
  clearTimeout(quiet);
  return {
    set: (name, value) => state[name] === value || rows.find((row) => row.name === name).set(value),
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
