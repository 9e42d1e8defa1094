// Fits a slide to its room: how large its type is, and where the sliders of its figures stand.
// slides.js calls `fit` in a folder, and the page of tools/slides/stage on stage.

// Of words, in pixels. Beside a figure, or with an answer that is long, not above NORMAL.
const LARGE = [54, 48, 44, 40], NORMAL = [36, 31];
// What a line of code may take of a slide's 1920 pixels; a letter is 0.61 of its size wide.
const LINE = 1600 / 0.61;

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

// A question or a reply that has no room beside its picture has what the picture leaves.
function widen(figure) {
  const picture = figure.querySelector(":scope > svg"), asked = figure.querySelector(".lf-ask");
  figure.classList.remove("wide");
  if (!picture || !asked || asked.scrollHeight <= asked.clientHeight + 1) return;
  const before = scale(picture);
  figure.classList.add("wide");
  figure.classList.toggle("wide", scale(picture) > 0.95 * before);
}

// How many letters are in the longest line of code or of what it printed.
function longest(slide) {
  const code = slide.querySelectorAll("pre:not(.source *), .jp-CodeCell .cm-line");
  return Math.max(1, ...[...code].flatMap((part) => part.textContent.split("\n").map((line) => line.length)));
}

// Whether a slide, or what stands in for it, keeps to its room with words of this size.
function fits(slide, size, line) {
  slide.style.setProperty("--type", `${size}px`);
  slide.style.setProperty("--code", `${Math.min(0.8 * size, line)}px`);
  const room = slide.clientHeight - parseFloat(getComputedStyle(slide).paddingBottom);
  const flow = [...slide.children].filter((part) => getComputedStyle(part).position !== "absolute");
  return flow.every((part) =>
    part.offsetTop + part.offsetHeight <= room + 1 && part.scrollWidth <= part.clientWidth + 1);
}

// The largest type in which a slide keeps to its room when all its answers are open, so that none
// changes it; not much larger than code that has long lines, and none where there is a figure.
function largest(slide, line) {
  if (slide.querySelector(".live-figure")) return undefined;
  const whole = slide.cloneNode(true);
  whole.querySelectorAll("details:not(.source)").forEach((answer) => { answer.open = true; });
  // Else its choices are of one group with the slide's, in which only one is checked.
  whole.querySelectorAll("[name]").forEach((choice) => choice.removeAttribute("name"));
  slide.after(whole);
  const sizes = [...LARGE.filter((size) => 0.64 * size < line), NORMAL[0]];
  const size = sizes.find((size) => fits(whole, size, line));
  whole.remove();
  return size;
}

// What does not fit with its answers open has smaller type while one is. If that does not help, what
// was printed stands beside its code, or the answer over what it answers.
function fit(slide) {
  const line = LINE / longest(slide);
  const waysOut = ["rows", "over"];
  slide.classList.remove(...waysOut);
  const size = largest(slide, line);
  const fitting = () => (size ? [size] : NORMAL).some((size) => fits(slide, size, line));
  for (const way of waysOut) {
    if (fitting()) break;
    slide.classList.remove(...waysOut);
    slide.classList.add(way);
  }
  slide.querySelectorAll(".live-figure").forEach((figure) => {
    arrange(figure);
    widen(figure);
  });
}
