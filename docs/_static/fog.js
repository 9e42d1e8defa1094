// A walk in fog, on the front page: one rule, a step at a time, on the land of docs/landing.py.

const land = document.querySelector(".fog-land");
const { waves, low, high, start, alpha } = JSON.parse(land.dataset.land);
const scene = document.querySelector(".fog-scene");
const marks = scene.querySelector(".fog-marks");
const panel = document.querySelector(".fog-panel");
const [says, rule, step, lift, place] = ["says", "rule", "step", "lift", "place"].map((name) =>
  panel.querySelector(`.fog-${name}`));
const END = 10, LEVEL = 0.02; // where the land ends, and a slope that no foot feels

const sum = (each) => waves.reduce((total, [a, b, c]) => total + each(a, b, c), 0);
const height = (w) => sum((a, b, c) => a * Math.sin(b * w + c));
const slope = (w) => sum((a, b, c) => a * b * Math.cos(b * w + c));
const number = (value) => value.toFixed(2).replace("-", "−");

let guesses = [start], lifted = false;

// Pixels of a place on the land: its lowest point stands at a tenth of the picture's height.
function pixels(w) {
  const up = 0.1 + (0.62 * (height(w) - low)) / (high - low);
  return [(w / END) * scene.clientWidth, (1 - up) * scene.clientHeight];
}

function mark(name, attributes, text = "") {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.textContent = text;
  marks.append(node);
}

function draw() {
  const w = guesses[guesses.length - 1], [x, y] = pixels(w);
  marks.replaceChildren();
  for (const guess of guesses.slice(0, -1)) {
    const [cx, cy] = pixels(guess);
    mark("circle", { cx, cy, r: 5, class: "step" });
  }
  const [ax, ay] = pixels(w - 0.01), [bx, by] = pixels(w + 0.01);
  const length = Math.hypot(bx - ax, by - ay), reach = Math.min(90, scene.clientWidth / 8);
  const [dx, dy] = [((bx - ax) / length) * reach, ((by - ay) / length) * reach];
  mark("line", { x1: x - dx, y1: y - dy, x2: x + dx, y2: y + dy });
  mark("circle", { cx: x, cy: y, r: 12, class: "you" });
  const side = x > scene.clientWidth / 2 ? "end" : "start";
  mark("text", { x: side === "end" ? x - 20 : x + 20, y: y - 28, "text-anchor": side }, "you");
  scene.style.setProperty("--x", `${x}px`);
  scene.style.setProperty("--y", `${y}px`);
  scene.style.setProperty("--drift", `${-2 * (w - start)}%`); // fog goes by as one walks
  tell(w);
}

function tell(w) {
  const g = slope(w), flat = Math.abs(g) < LEVEL;
  const way = flat ? "level" : g > 0 ? "it rises to the right, so down is left" : "it falls to the right, so down is right";
  const above = height(w) - low;
  const end = above < 0.05
    ? "This is the lowest place of all. Which starts lead here?"
    : `The lowest place is ${number(above)} below you. Where must a walk start to end there?`;
  const ask = flat ? " Nothing calls you on. Are you at the lowest place?" : "";
  says.textContent = `Step ${guesses.length - 1}. Slope ${number(g)}: ${way}.${lifted ? ` ${end}` : ask}`;
  rule.innerHTML = `<i>w</i> ← ${number(w)} − ${alpha} · ${g < 0 ? `(${number(g)})` : number(g)} = <b>${number(next(w))}</b>`;
  scene.setAttribute("aria-label", (lifted
    ? "Mountains with four valleys, the second from the left the deepest. "
    : "Mountains in fog: only the ground around you is seen. ") + says.textContent);
  step.setAttribute("aria-disabled", flat);
  place.value = w;
}

const next = (w) => Math.min(Math.max(w - alpha * slope(w), 0), END);

function stand(w) {
  guesses = [w];
  draw();
}

step.addEventListener("click", () => {
  const w = guesses[guesses.length - 1];
  if (Math.abs(slope(w)) < LEVEL) return;
  guesses.push(next(w));
  draw();
});
lift.addEventListener("click", () => {
  lifted = !lifted;
  scene.classList.toggle("lifted", lifted);
  lift.textContent = lifted ? "Let the fog come back" : "Lift the fog";
  lift.setAttribute("aria-pressed", lifted);
  draw();
});
place.addEventListener("input", () => stand(Number(place.value)));
scene.addEventListener("click", ({ clientX }) => {
  const box = scene.getBoundingClientRect();
  stand(Math.min(Math.max(((clientX - box.left) / box.width) * END, 0.2), 9.8));
});

panel.hidden = false;
scene.classList.add("foggy");
new ResizeObserver(draw).observe(scene);
draw();
