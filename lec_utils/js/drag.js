// Lets a pointer take hold of what stands in a picture, and set sliders by it.

const FINGER = 32; // pixels of the page from a handle that a finger may miss it by
const STILL = 8; // pixels that a finger may move while it taps

// The value at a share of the way along an axis, and the numbers at a point of the picture.
const valueAt = ([first, last, log], share) =>
  log ? first * (last / first) ** share : first + share * (last - first);
const numbersAt = ({ left, top, width, height, x, y }, point) => [
  valueAt(x, (point.x - left) / width),
  valueAt(y, 1 - (point.y - top) / height),
];

// A handle has its rows (across, and perhaps up), the formulas of the place where it stands on its
// axes, and perhaps a formula `by` for what it makes of a pointer's numbers, or a `rate` for each
// unit that it moves. `at` gives its place, `valuesAt` all formulas for a pointer's numbers.
export function followPointer(svg, handles, axes, at, valuesAt) {
  let held = null;
  const pointOf = ({ clientX, clientY }) =>
    new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
  const away = (handle, event) => {
    const { x, y } = new DOMPoint(...at(handle)[0]).matrixTransform(svg.getScreenCTM());
    return Math.hypot(x - event.clientX, y - event.clientY) || 0;
  };
  const nearer = (event) => (one, other) => (away(other, event) < away(one, event) ? other : one);
  // Of the handles on the axes where the pointer is, if they have any.
  const nearest = (event) => {
    const { x, y } = pointOf(event);
    const around = ({ left, top, width, height }) =>
      left <= x && x <= left + width && top <= y && y <= top + height;
    const here = handles.filter((handle) => around(axes[handle.axes]));
    return (here.length ? here : handles).reduce(nearer(event));
  };
  const take = (event) => {
    const handle = nearest(event);
    const before = handle.rows.map((row) => row.value);
    const giveBack = handle.rows.map((row) => row.remember());
    const from = numbersAt(axes[handle.axes], pointOf(event));
    // What moves up and down, too, has to be touched itself: elsewhere a finger scrolls the page.
    const sure = event.pointerType !== "touch" || (handle.upright && away(handle, event) < FINGER);
    held = { handle, before, giveBack, from, event, sure };
    svg.setPointerCapture(event.pointerId);
  };
  const put = (values) =>
    held.handle.rows.forEach((row, i) => {
      if (values[i] !== row.value && Number.isFinite(values[i])) row.set(values[i]);
    });
  const follow = (event) => {
    const { axes: on, by, rate } = held.handle;
    const to = numbersAt(axes[on], pointOf(event));
    if (rate) put(held.before.map((value, i) => value + rate[i] * (to[i] - held.from[i])));
    else put(by === undefined ? to : [valuesAt(...to)[by]()].flat());
  };
  const moved = (event) => [event.clientX - held.event.clientX, event.clientY - held.event.clientY];
  // A finger that goes sideways drags.
  const decide = (event) => {
    const [across, up] = moved(event).map(Math.abs);
    if (Math.max(across, up) > STILL) held.sure = across > up && !held.handle.upright;
    return held.sure;
  };
  const giveBack = () => {
    if (held?.sure) held.giveBack.forEach((back) => back());
    held = null;
  };
  svg.style.cursor = handles.some(({ rows, upright }) => rows.length > 1 || upright) ? "crosshair" : "ew-resize";
  svg.onpointerdown = (event) => {
    if (event.button) return; // not the main one of a mouse
    if (held) return giveBack(); // a second finger
    take(event);
    if (held.sure) follow(event);
  };
  svg.onpointermove = (event) => {
    if (held && event.pointerId === held.event.pointerId && (held.sure || decide(event))) follow(event);
  };
  svg.onpointerup = (event) => {
    if (held && !held.sure && Math.hypot(...moved(event)) <= STILL) follow(event); // a tap
    held = null;
  };
  svg.onpointercancel = giveBack;
  svg.onlostpointercapture = () => (held = null);
  const mine = (event) => held?.sure && event.touches.length === 1 && event.preventDefault();
  svg.addEventListener("touchmove", mine, { passive: false });
}
