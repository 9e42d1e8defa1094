// The marks in a picture, and where they stand in it.

const list = (values) => (Array.isArray(values) ? values : [values]);
export const short = (pixels) => Math.min(Math.max(pixels, -1e5), 1e5).toFixed(2);

// How far along an axis from its first end a value lies, 0 to 1.
const share = ([first, last, log], value) =>
  log ? Math.log(value / first) / Math.log(last / first) : (value - first) / (last - first);

// Where numbers on an Axes lie in the picture, in its own units.
export function place({ left, top, width, height, x, y }, xs, ys) {
  [xs, ys] = [list(xs), list(ys)];
  const longer = xs.length > 1 ? xs : ys;
  return longer.map((_, i) => [
    left + width * share(x, xs.length > 1 ? xs[i] : xs[0]),
    top + height * (1 - share(y, ys.length > 1 ? ys[i] : ys[0])),
  ]);
}

// Puts a line's vertices and its markers at those points; what is no number is a gap.
export function moveLine(group, points, closed) {
  const template = (group.template ??= group.querySelector("use"));
  let d = "";
  let pen = "M";
  const visible = points.filter((point) => {
    const finite = point.every(Number.isFinite);
    if (finite) d += pen + point.map(short).join(" ");
    pen = finite ? "L" : "M";
    return finite;
  });
  if (closed && d) d += "z";
  // The colour of its gaps makes a dashed line two paths.
  for (const path of group.querySelectorAll(":scope > path")) path.setAttribute("d", d);
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

// What has no place is not seen.
export function moveText(node, [x, y], words) {
  node.textContent = Number.isFinite(x + y) ? words : "";
  if (!node.textContent) return;
  node.setAttribute("x", short(x));
  node.setAttribute("y", short(y));
}
