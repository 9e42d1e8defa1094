// Moves what matplotlib drew, under the browser's own controls: no library, no network, no kernel.
//
// `mount(root, spec, program, changed)` turns a still <figure> into a live one. The same file serves
// the HTML output of a LiveFigure (Python puts it into a <script>) and its anywidget (`entry` below).
// live_figure.py says what a spec and a program hold; formula.py has the twins of LIBRARY.

const depth = (value) => (Array.isArray(value) ? 1 + depth(value[0]) : 0);
const each = (g) => (x) => (Array.isArray(x) ? x.map(each(g)) : g(x));

// Pairs two arrays as numpy does: by their last axes, and a length of 1 with any other.
const both = (g) => (a, b) => {
  const [m, n] = [depth(a), depth(b)];
  if (!m && !n) return g(a, b);
  if (m > n || (m === n && b.length === 1)) return a.map((x) => both(g)(x, m > n ? b : b[0]));
  if (n > m || a.length === 1) return b.map((y) => both(g)(n > m ? a : a[0], y));
  if (a.length !== b.length) throw new Error("lengths differ");
  return a.map((x, i) => both(g)(x, b[i]));
};

// A figure carries only those that its formulas use (see engine.py); each calls none below it.
const LIBRARY = {};
LIBRARY.add = both((a, b) => a + b);
LIBRARY.subtract = both((a, b) => a - b);
LIBRARY.multiply = both((a, b) => a * b);
LIBRARY.divide = both((a, b) => a / b);
LIBRARY.mod = both((a, b) => {
  // The rest has the sign of a, and Python's that of b.
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
});
LIBRARY.power = both((a, b) => (a === 1 || (a === -1 && !Number.isFinite(b) && b === b) ? 1 : a ** b));
LIBRARY.positive = each((a) => a);
LIBRARY.negative = each((a) => -a);
LIBRARY.less = both((a, b) => +(a < b));
LIBRARY.less_equal = both((a, b) => +(a <= b));
LIBRARY.greater = both((a, b) => +(a > b));
LIBRARY.greater_equal = both((a, b) => +(a >= b));
LIBRARY.equal = both((a, b) => +(a === b));
LIBRARY.not_equal = both((a, b) => +(a !== b));
LIBRARY.logical_and = both((a, b) => +(a !== 0 && b !== 0));
LIBRARY.logical_or = both((a, b) => +(a !== 0 || b !== 0));
LIBRARY.logical_not = each((a) => +(a === 0));
LIBRARY.exp = each(Math.exp);
LIBRARY.log = each(Math.log);
LIBRARY.log1p = each(Math.log1p);
LIBRARY.expm1 = each(Math.expm1);
LIBRARY.logaddexp = both((a, b) => (a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))));
LIBRARY.sqrt = each(Math.sqrt);
LIBRARY.square = each((a) => a * a);
LIBRARY.sign = each(Math.sign);
LIBRARY.floor = each(Math.floor);
LIBRARY.sin = each(Math.sin);
LIBRARY.cos = each(Math.cos);
LIBRARY.tan = each(Math.tan);
LIBRARY.tanh = each(Math.tanh);
LIBRARY.arctan = each(Math.atan);
LIBRARY.abs = each(Math.abs);
LIBRARY.min = both((a, b) => Math.min(a, b));
LIBRARY.max = both((a, b) => Math.max(a, b));
LIBRARY.where = (condition, yes, no) => {
  if (!Array.isArray(condition)) return condition !== 0 ? yes : no;
  return both((chosen, other) => chosen ?? other)(both((c, value) => (c !== 0 ? value : undefined))(condition, yes), no);
};
LIBRARY.at = (values, index) => values.at(index);
LIBRARY.upto = (values, index) => values.slice(0, Math.trunc(index) + 1);
LIBRARY.count = (values) => values.length;
LIBRARY.column = (rows, index) => rows.map((row) => row.at(index));
LIBRARY.dot = (a, b) => {
  if (depth(a) > 1) return a.map((row) => LIBRARY.dot(row, b));
  if (depth(b) > 1) return b[0].map((_, j) => LIBRARY.dot(a, b.map((row) => row[j])));
  return a.reduce((sum, x, i) => sum + x * b[i], 0);
};
LIBRARY.descend = (slope, start, alpha, n) => {
  const guesses = [start];
  while (guesses.length < n) {
    const guess = LIBRARY.subtract(guesses.at(-1), LIBRARY.multiply(alpha, slope(guesses.at(-1))));
    if (![guess].flat().every(Number.isFinite)) break;
    guesses.push(guess);
  }
  return guesses;
};
// A function that is known between low and high, and NaN elsewhere.
LIBRARY.bounded = (g, low, high) => each((x) => (low <= x && x <= high ? g(x) : NaN));
// The same, known by samples alone: the cubic through the four around x, exact on each of them.
LIBRARY.sampled = (ys, step, low, high) =>
  each((x) => {
    if (!(low <= x && x <= high)) return NaN;
    const at = (x - low) / step;
    const near = Math.round(at);
    if (Math.abs(at - near) < 1e-6 && near < ys.length) return ys[near];
    const i = Math.min(Math.max(Math.floor(at) - 1, 0), ys.length - 4);
    const u = at - i;
    return (
      (-ys[i] * (u - 1) * (u - 2) * (u - 3)) / 6 +
      (ys[i + 1] * u * (u - 2) * (u - 3)) / 2 -
      (ys[i + 2] * u * (u - 1) * (u - 3)) / 2 +
      (ys[i + 3] * u * (u - 1) * (u - 2)) / 6
    );
  });

// A value, or where there is none what nothing can be computed of: what needs it has none, either.
LIBRARY.tried = (compute) => {
  try {
    return compute();
  } catch {
    return Symbol("no value");
  }
};

const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

// What live_figure.py packed: a text, a list, or an array of floats with its shape.
function unpack(value) {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(unpack);
  const flat = Array.from(new Float64Array(bytes(value.floats).buffer));
  const fold = (numbers, [first, ...rest]) =>
    rest.length
      ? Array.from({ length: first }, (_, i) => {
          const size = numbers.length / first;
          return fold(numbers.slice(i * size, (i + 1) * size), rest);
        })
      : numbers;
  return value.shape.length ? fold(flat, value.shape) : flat[0];
}

// A number with its digits rounded as Python does: to even where it lies exactly in the middle.
function digits(value, decimals, method) {
  const [exact, power] = value[method](100).split("e");
  const cut = exact.length - 100 + decimals;
  const even = /^50*$/.test(exact.slice(cut)) && /[02468]\.?$/.test(exact.slice(0, cut));
  if (!even) return value[method](decimals);
  return exact.slice(0, cut).replace(/\.$/, "") + (power ? "e" + power : "");
}

function written(value, decimals) {
  if (decimals === null) return value;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "no number" : value > 0 ? "∞" : "−∞";
  const small = Math.abs(value) < 1e6;
  const text = small ? digits(value, decimals, "toFixed") : digits(value, 2, "toExponential");
  return text.replace("+", "").replace(/^-(?=[0.]*$)/, "").replace("-", "−");
}

const list = (values) => (Array.isArray(values) ? values : [values]);
const short = (pixels) => Math.min(Math.max(pixels, -1e5), 1e5).toFixed(2);

// How far along an axis from its first end a value lies, 0 to 1; and the other way round.
const share = ([first, last, log], value) =>
  log ? Math.log(value / first) / Math.log(last / first) : (value - first) / (last - first);
const shared = ([first, last, log], share) =>
  log ? first * (last / first) ** share : first + share * (last - first);

// Where numbers on an Axes lie in the picture, in its own units.
function place({ left, top, width, height, x, y }, xs, ys) {
  [xs, ys] = [list(xs), list(ys)];
  const longer = xs.length > 1 ? xs : ys;
  return longer.map((_, i) => [
    left + width * share(x, xs.length > 1 ? xs[i] : xs[0]),
    top + height * (1 - share(y, ys.length > 1 ? ys[i] : ys[0])),
  ]);
}

// Puts a line's vertices and its markers at those points; what is no number is a gap.
function moveLine(group, points, closed) {
  const template = (group.template ??= group.querySelector("use"));
  let d = "";
  let pen = "M";
  const visible = points.filter((point) => {
    const finite = point.every(Number.isFinite);
    if (finite) d += pen + point.map(short).join(" ");
    pen = finite ? "L" : "M";
    return finite;
  });
  // The colour of its gaps makes a dashed line two paths.
  for (const path of group.querySelectorAll(":scope > path")) path.setAttribute("d", closed && d ? d + "z" : d);
  if (!template) return;
  group.dots ??= template.parentNode;
  group.dots.replaceChildren(
    ...visible.map((point) => {
      const dot = template.cloneNode();
      ["x", "y"].forEach((name, i) => dot.setAttribute(name, short(point[i])));
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
  const prefix = "lf" + Math.random().toString(36).slice(2) + "-";
  const text = new TextDecoder().decode(bytes(image.src.split(",")[1])).replace(/ id="|href="#|url\(#/g, "$&" + prefix);
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
      // The input puts it on one of its stops, which is the same number in Python.
      input.value = value;
      const stop = min + Math.round((input.value - min) / step) * step;
      row.value = Math.min(Math.max(Math.abs(stop) < 1e-9 * step ? 0 : Number(stop.toPrecision(12)), min), max);
      changed(row);
    },
  };
  input.value = row.value;
  if (rate) row.player = addPlayer(row, control, root);
  input.oninput = () => {
    row.player?.stop();
    row.set(input.value);
  };
  // Back to the slides.
  input.onkeydown = ({ key }) => void (key === "Escape" && input.blur());
  return row;
}

// Lets a drag across the first axes move one control from left to right, and perhaps another up and down.
function followPointer(svg, { left, top, width, height, x, y }, [row, upright]) {
  const follow = (event) => {
    if (!event.buttons) return;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    row.set(shared(x, (point.x - left) / width));
    upright?.set(shared(y, 1 - (point.y - top) / height));
  };
  svg.style.cursor = upright ? "crosshair" : "ew-resize";
  if (upright) svg.style.touchAction = "none";
  svg.onpointerdown = (event) => {
    svg.setPointerCapture(event.pointerId);
    follow(event);
  };
  svg.onpointermove = follow;
}

// A template's text; `value` computes a formula by its place.
const fill = (template, value) =>
  template.map((part) => (typeof part === "string" ? part : written(value(part[0]), part[1]))).join("");

// What has no value where the sliders are stays as it was, and stops nothing else.
function attempt(show) {
  try {
    show();
  } catch (error) {
    console.warn(error);
  }
}

function mount(root, spec, program, changed = () => {}) {
  if (root.dataset.live) return;
  root.dataset.live = "true";
  const data = spec.data.map(([name, value]) => [name, unpack(value)]);
  const evaluate = program(LIBRARY, Object.fromEntries(data));
  const { svg, find } = openPicture(root.querySelector("img"));
  const lines = spec.lines.map((line) => ({ ...line, group: find(line.id) }));
  const texts = spec.texts.map((text) => ({ ...text, node: find(text.id).querySelector("text") }));

  const read = element("p", { class: "lf-read" });
  const say = element("p", { class: "lf-say", "aria-live": "polite" });
  let quiet = 0;
  const speak = () => {
    if (!rows.some((row) => row.player?.playing())) say.textContent = read.textContent;
  };
  const draw = () => {
    const formulas = evaluate(Object.fromEntries(rows.map((row) => ["$" + row.name, row.value])));
    const value = (i) => formulas[i]();
    const at = ({ axes, x, y }) => place(spec.axes[axes], value(x), value(y));
    for (const line of lines) attempt(() => moveLine(line.group, at(line), line.closed));
    const write = ({ node, template, ...mark }) => {
      const told = fill(template, value);
      const [[x, y]] = at(mark);
      node.setAttribute("x", short(x));
      node.setAttribute("y", short(y));
      node.textContent = told;
    };
    for (const text of texts) attempt(() => write(text));
    rows.forEach((row, i) => attempt(() => row.show(fill(spec.controls[i].shown, value))));
    attempt(() => (read.textContent = fill(spec.readout, value)));
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
  // What was there from the start need not be spoken.
  clearTimeout(quiet);
  return {
    set(name, value) {
      const row = rows.find((row) => row.name === name);
      if (row.value !== value) row.set(value);
    },
    stop: () => rows.forEach((row) => row.player?.stop()),
  };
}

// anywidget's entry, to which Python adds the figure's program: one synced trait a control.
const entry = (program) => ({
  render({ model, el }) {
    el.innerHTML = model.get("_picture");
    const live = mount(el.firstChild, model.get("_spec"), program, (name, value) => {
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
  },
});
