// The shape of a curve, f(x) = [value, slope], and the range in which it is seen.

export const spread = (low, high, many) =>
  Array.from({ length: many }, (_, i) => low + ((high - low) * i) / (many - 1 || 1));

export const tidy = (x) => Number(x.toPrecision(12)); // without the digits that adding leaves

// 1, 2 or 5 times a power of ten, at least so large.
export function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(least) + 1e-9);
  return Number((power * [1, 2, 5, 10].find((times) => times * power >= least * (1 - 1e-9))).toPrecision(1));
}

// Its valleys and humps between two ends, each from the last x before it to the first one after.
export function turnsOf(f, low, high, many) {
  const way = (x) => (Number.isFinite(f(x)[1]) ? Math.sign(f(x)[1]) : NaN);
  const moves = spread(low, high, many).map((x) => ({ x, way: way(x) })).filter((move) => move.way !== 0);
  const between = (a, b) => {
    for (let k = 0, old = way(a); k < 40; k++) way((a + b) / 2) === old ? (a = (a + b) / 2) : (b = (a + b) / 2);
    return Math.round(b * 1e6) / 1e6;
  };
  const pairs = moves.slice(1).map((after, i) => [moves[i], after]);
  return pairs
    .filter(([before, after]) => before.way * after.way < 0)
    .map(([before, after]) => ({ left: before.x, right: after.x, x: between(before.x, after.x), hump: after.way < 0 }));
}

// Where its valleys and humps next to 0 are, and some way on, but not far up a much steeper side.
export function surroundings(f, many) {
  if (many > 1) return around(f);
  let turns = [];
  for (const reach of [10, 100, 1000]) if (!turns.length) turns = turnsOf(f, -reach, reach, 2001);
  turns = turns.sort((a, b) => Math.abs(a.x) - Math.abs(b.x)).slice(0, 4);
  if (!turns.length) {
    const known = spread(-5, 5, 1001).filter((x) => Number.isFinite(f(x)[0]));
    return known.length > 1 ? [known[0], known[known.length - 1]] : [-5, 5];
  }
  const left = Math.min(...turns.map((turn) => turn.left));
  const right = Math.max(...turns.map((turn) => turn.right));
  const margin = turns.length > 1 ? 0.6 * (right - left) : 2;
  const rise = (from, reach) => (share) => Math.abs(f(from + reach * share)[0] - f(from)[0]);
  const [before, after] = [rise(left, -margin), rise(right, margin)];
  const cut = (mine, other) => [1, 0.9, 0.8, 0.7, 0.6].find((share) => mine(share) <= 2 * other(1)) || 0.5;
  return rounded(left - margin * cut(before, after), right + margin * cut(after, before));
}

// Of a map: where 0 and its lowest place on a grid are, if that is not at its edge.
function around(f) {
  const side = spread(-10, 10, 41);
  let best = [Infinity];
  for (const x of side) for (const y of side) if (f(x, y)[0] < best[0]) best = [f(x, y)[0], x, y];
  const [, ...place] = best;
  if (!place.length || place.some((x) => Math.abs(x) === 10)) return [-3, 3];
  return [Math.min(0, ...place) - 2, Math.max(0, ...place) + 2];
}

function rounded(low, high) {
  const step = niceStep((high - low) / 50);
  return [tidy(Math.floor(low / step + 1e-9) * step), tidy(Math.ceil(high / step - 1e-9) * step)];
}

// How it runs between two ends, in a sentence.
export function outline(f, low, high, say) {
  const turns = turnsOf(f, low, high, 401);
  if (turns.length > 4) return `The curve turns ${turns.length} times`;
  const ends = spread(low, high, 401).map((x) => f(x)[0]).filter(Number.isFinite);
  if (!ends.length) return "The curve has no height";
  const told = turns.map(({ x, hump }) => (hump ? "rises to a hump" : "falls to a valley") + ` at ${say(x)}`);
  const last = ends[ends.length - 1];
  return `${[`The curve starts at height ${say(ends[0])}`, ...told].join(", ")} and ends at height ${say(last)}`;
}
