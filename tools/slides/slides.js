// Starts reveal.js for one lesson, on a stage of 1920×1080 that it scales to the window; each slide
// is fitted by fit.js.

// A focused slider, button, menu or "Answer" keeps its keys; Escape gives them back to the slides.
const KEEPS_KEYS = "input, select, button, summary, a";

Reveal.initialize({
  width: 1920,
  height: 1080,
  margin: 0,
  center: false,
  hash: true,
  transition: "none",
  slideNumber: "c/t",
  controlsTutorial: false,
  keyboardCondition: () => !document.activeElement?.closest(KEEPS_KEYS),
  plugins: [RevealNotes],
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement?.closest(KEEPS_KEYS)) {
    document.activeElement.blur();
    event.stopImmediatePropagation();
  }
}, true);

// A slide that was left lets go of its keys.
Reveal.on("slidechanged", () => document.activeElement?.blur());

document.addEventListener("toggle", (event) => fit(event.target.closest("section")), true);
for (const shown of ["ready", "slidechanged"]) {
  Reveal.on(shown, (event) => event.currentSlide && fit(event.currentSlide));
}
// A question that was answered lets its figure's sliders be seen.
for (const done of ["click", "keyup"]) {
  document.addEventListener(done, () => requestAnimationFrame(() => fit(Reveal.getCurrentSlide())));
}
