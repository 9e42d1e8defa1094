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

// How large a picture is drawn: the shorter of its sides decides.
function scale(picture) {
  const { width, height } = picture.getBoundingClientRect();
  const drawn = picture.viewBox && picture.viewBox.baseVal;
  const [wide, high] = drawn ? [drawn.width, drawn.height] : [picture.naturalWidth, picture.naturalHeight];
  return Math.min(width / wide, height / high);
}

// Sliders stand below their picture, or beside it where it then is larger.
function arrange(figure) {
  const picture = figure.querySelector(":scope > svg, :scope > img");
  figure.classList.remove("beside");
  if (!figure.querySelector(".lf-row input[type=range]") || !picture) return;
  const below = scale(picture);
  figure.classList.add("beside");
  figure.classList.toggle("beside", scale(picture) > 1.05 * below);
}

// What is too long for the room above the slide's number has smaller type; if that does not help, an
// answer that opens stands over what it answers.
function fit(slide) {
  slide.querySelectorAll(".live-figure").forEach(arrange);
  const room = slide.clientHeight - parseFloat(getComputedStyle(slide).paddingBottom);
  const ends = () => Math.max(...[...slide.children].map((part) => part.offsetTop + part.offsetHeight));
  for (const name of ["crowded", "over"]) slide.classList.remove(name);
  for (const name of ["crowded", "over"]) slide.classList.toggle(name, ends() > room + 1);
}

document.addEventListener("toggle", (event) => fit(event.target.closest("section")), true);
for (const shown of ["ready", "slidechanged"]) {
  Reveal.on(shown, (event) => event.currentSlide && fit(event.currentSlide));
}
// A question that was answered lets its figure's sliders be seen.
for (const done of ["click", "keyup"]) {
  document.addEventListener(done, () => requestAnimationFrame(() => fit(Reveal.getCurrentSlide())));
}
