// Play, step, restart and a speed for a slider that counts.
import { button } from "./button.js";
import { calm, element, OWN_KEYS } from "./elements.js";

export function addPlayer(row, { min, max, rate }, root) {
  let timer = 0;
  const speed = element("select", { "aria-label": "speed", ...OWN_KEYS });
  for (const times of [0.25, 0.5, 1, 2, 4]) speed.append(new Option(times + "×", times, times === 1, times === 1));
  const wait = () => {
    timer = setTimeout(advance, 1000 / (rate * speed.value));
    play.textContent = "Pause";
  };
  const stop = () => {
    clearTimeout(timer);
    timer = 0;
    play.textContent = "Play";
  };
  const advance = () => {
    if (!root.isConnected || row.value >= max) return stop();
    wait();
    row.set(row.value + 1);
  };
  const play = button("Play", () => {
    if (timer) return stop();
    if (calm()) return row.set(max);
    if (row.value >= max) row.set(min);
    wait();
  });
  const step = button("Step", () => (stop(), row.set(row.value + 1)));
  const restart = button("Restart", () => (stop(), row.set(min)));
  row.node.append(element("div", { class: "lf-keys" }, play, step, restart, speed));
  return { stop, playing: () => timer !== 0 };
}
