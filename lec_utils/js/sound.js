// Lets a figure be heard: pitch for height, side for side, a tick for each step of a run.
import { button } from "./button.js";

const LOWEST = 220; // hertz at the foot of the axes; two octaves above it at their top
const inside = (share) => Math.min(Math.max(share, 0), 1);

// The voices of one figure; a browser lets them speak only after a click or a key.
function openVoices() {
  const context = new AudioContext();
  const voice = (type) => {
    const [tone, loudness, side] = [context.createOscillator(), context.createGain(), context.createStereoPanner()];
    tone.type = type;
    loudness.gain.value = 0;
    tone.connect(loudness).connect(side).connect(context.destination);
    tone.start();
    return (pitch, pan, loud, seconds) => {
      tone.frequency.value = pitch;
      side.pan.value = pan;
      loudness.gain.setTargetAtTime(loud, context.currentTime, 0.005);
      loudness.gain.setTargetAtTime(0, context.currentTime + seconds, seconds / 4);
    };
  };
  return { sing: voice("triangle"), tick: voice("square"), close: () => context.close() };
}

// `point` says where in the picture the thing to hear stands, and `axes` where its axes lie.
export function addSound(row, { left, top, width, height }, point, root) {
  let voices = null;
  const hear = (step) => {
    if (!voices) return;
    if (!root.isConnected) return toggle(false);
    const [x, y] = point();
    const pan = 2 * inside((x - left) / width) - 1;
    if (step) voices.tick(1600, pan, 0.03, 0.01);
    // Nothing is to be heard where there is no height.
    if (Number.isFinite(y)) voices.sing(LOWEST * 4 ** inside(1 - (y - top) / height), pan, 0.2, 0.12);
  };
  const toggle = (on) => {
    if (!on) voices?.close();
    voices = on ? openVoices() : null;
    key.textContent = "Sound: " + (on ? "on" : "off");
  };
  const key = button("Sound: off", () => {
    toggle(!voices);
    if (voices) hear(false);
  });
  (row.node.querySelector(".lf-keys") ?? row.node).append(key);
  return hear;
}
