// A labelled range input with its value beside it.
import { calm, element, OWN_KEYS } from "./elements.js";

// `set` takes any value; the input keeps it in range. `changed` follows each change of the row.
export function addSlider({ name, label, min, max, step, decimals, value, rate, still = max }, changed) {
  // A little more than max, which may be a whole number of steps away but for the last digit.
  const range = { type: "range", min, max: max + 1e-9 * step, step };
  const input = element("input", { ...range, "aria-label": label, ...OWN_KEYS });
  // No <output>: a screen reader would speak each of its changes.
  const shown = element("span", { class: "lf-value" });
  const row = {
    name,
    node: element("div", { class: "lf-row" }, element("span", {}, label), input, shown),
    value: rate && calm() ? still : value,
    restarted: [],
    show(text) {
      shown.textContent = text;
      input.setAttribute("aria-valuetext", text);
    },
    set(value) {
      // The input puts it on one of its stops, which is the same number in Python.
      input.value = value;
      const stop = min + Math.round((input.value - min) / step) * step;
      row.value = Math.min(Math.max(Number(stop.toFixed(decimals)) + 0, min), max);
      changed(row);
    },
    // What puts it back where it is now, and what it restarts.
    remember() {
      const all = [row, ...row.restarted].map((one) => [one, one.value]);
      return () => all.forEach(([one, value]) => one.set(value));
    },
  };
  input.value = row.value;
  // A touch that becomes a scroll or a pinch changes nothing.
  let giveBack;
  let two = false;
  input.onpointerdown = ({ isPrimary }) => {
    two = !isPrimary;
    two ? giveBack?.() : (giveBack = row.remember());
  };
  input.onpointercancel = () => giveBack?.();
  input.oninput = () => {
    row.player?.stop();
    two ? giveBack?.() : row.set(input.value);
  };
  // Back to the slides.
  input.onkeydown = ({ key }) => {
    two = false;
    if (key === "Escape") input.blur();
  };
  return row;
}
