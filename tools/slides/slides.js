// Starts reveal.js for one lesson, on a stage of 1920×1080 that it scales to the window.

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

// An answer that opens may need more room than there is: then its slide has smaller type.
document.addEventListener("toggle", (event) => {
  const slide = event.target.closest("section");
  slide.classList.remove("crowded");
  slide.classList.toggle("crowded", slide.scrollHeight > slide.clientHeight);
}, true);
