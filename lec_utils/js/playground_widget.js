// anywidget's entry of a playground: a synced trait for each part of its state.
import { openPlayground } from "./playground.js";

const PARTS = { formula: "formula", w0: "start", alpha: "alpha", n: "n", domain: "range" };

export const playgroundEntry = {
  render({ model, el }) {
    el.innerHTML = model.get("_picture");
    const root = el.firstChild;
    const traits = Object.keys(PARTS);
    const state = () => Object.fromEntries(traits.map((trait) => [PARTS[trait], model.get(trait)]));
    let mine = false; // the change is this figure's own
    root.addEventListener("told", ({ detail }) => {
      mine = true;
      for (const trait of traits) model.set(trait, detail[PARTS[trait]]);
      mine = false;
      model.save_changes();
    });
    openPlayground(root, state());
    const follow = () => mine || root.dispatchEvent(new CustomEvent("take", { detail: state() }));
    traits.forEach((trait) => model.on("change:" + trait, follow));
    return () => traits.forEach((trait) => model.off("change:" + trait, follow));
  },
};
