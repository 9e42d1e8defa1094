// What formulas can do: the twins of LIBRARY in formula.py.

const depth = (value) => (Array.isArray(value) ? 1 + depth(value[0]) : 0);
const each = (g) => (x) => (Array.isArray(x) ? x.map(each(g)) : g(x));

// Pairs two arrays as numpy does: by their last axes, and a length of 1 with any other.
const both = (g) => (a, b) => {
  const [m, n] = [depth(a), depth(b)];
  if (!m && !n) return g(a, b);
  if (m > n || (m === n && b.length === 1)) return a.map((x) => both(g)(x, m > n ? b : b[0]));
  if (n > m || a.length === 1) return b.map((y) => both(g)(n > m ? a : a[0], y));
  if (a.length !== b.length) throw new Error("lengths differ");
  return a.map((x, i) => both(g)(x, b[i]));
};

// A figure carries only those that its formulas use (see engine.py); each calls none below it.
export const LIBRARY = {};
LIBRARY.add = both((a, b) => a + b);
LIBRARY.subtract = both((a, b) => a - b);
LIBRARY.multiply = both((a, b) => a * b);
LIBRARY.divide = both((a, b) => a / b);
LIBRARY.mod = both((a, b) => {
  // The rest has the sign of a, and Python's that of b.
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
});
LIBRARY.power = both((a, b) => (a === 1 || (a === -1 && !Number.isFinite(b) && b === b) ? 1 : a ** b));
LIBRARY.positive = each((a) => a);
LIBRARY.negative = each((a) => -a);
LIBRARY.less = both((a, b) => +(a < b));
LIBRARY.less_equal = both((a, b) => +(a <= b));
LIBRARY.greater = both((a, b) => +(a > b));
LIBRARY.greater_equal = both((a, b) => +(a >= b));
LIBRARY.equal = both((a, b) => +(a === b));
LIBRARY.not_equal = both((a, b) => +(a !== b));
LIBRARY.logical_and = both((a, b) => +(a !== 0 && b !== 0));
LIBRARY.logical_or = both((a, b) => +(a !== 0 || b !== 0));
LIBRARY.logical_not = each((a) => +(a === 0));
LIBRARY.exp = each(Math.exp);
LIBRARY.log = each(Math.log);
LIBRARY.log1p = each(Math.log1p);
LIBRARY.expm1 = each(Math.expm1);
LIBRARY.logaddexp = both((a, b) => (a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))));
LIBRARY.sqrt = each(Math.sqrt);
LIBRARY.square = each((a) => a * a);
LIBRARY.sign = each(Math.sign);
LIBRARY.floor = each(Math.floor);
LIBRARY.sin = each(Math.sin);
LIBRARY.cos = each(Math.cos);
LIBRARY.tan = each(Math.tan);
LIBRARY.tanh = each(Math.tanh);
LIBRARY.arctan = each(Math.atan);
LIBRARY.abs = each(Math.abs);
LIBRARY.min = both((a, b) => Math.min(a, b));
LIBRARY.max = both((a, b) => Math.max(a, b));
LIBRARY.where = (condition, yes, no) => {
  if (!Array.isArray(condition)) return condition !== 0 ? yes : no;
  return both((chosen, other) => chosen ?? other)(both((c, value) => (c !== 0 ? value : undefined))(condition, yes), no);
};
LIBRARY.at = (values, index) => {
  const found = values[Math.trunc(index) + (index < 0 ? values.length : 0)];
  if (found === undefined) throw new RangeError("nothing is there");
  return found;
};
LIBRARY.upto = (values, index) => values.slice(0, Math.trunc(index) + 1);
LIBRARY.count = (values) => values.length;
LIBRARY.latest = (values) => values.reduce((found, x, i) => (x !== 0 ? i : found), -1);
LIBRARY.column = (rows, index) => rows.map((row) => LIBRARY.at(row, index));
LIBRARY.dot = (a, b) => {
  if (depth(a) > 1) return a.map((row) => LIBRARY.dot(row, b));
  if (depth(b) > 1) return b[0].map((_, j) => LIBRARY.dot(a, b.map((row) => row[j])));
  return a.reduce((sum, x, i) => sum + x * b[i], 0);
};
LIBRARY.bilinear = (grid, xs, ys) => {
  const [columns, rows] = [grid[0].length - 1, grid.length - 1];
  const inside = (x, y) => x >= 0 && y >= 0 && x <= columns && y <= rows;
  const along = (row, x, j) => row[j] + (x - j) * (row[j + 1] - row[j]);
  const between = (low, high, share) => low + share * (high - low);
  const height = (x, y, j, i) => between(along(grid[i], x, j), along(grid[i + 1], x, j), y - i);
  const cell = (x, last) => Math.min(Math.floor(x), last - 1);
  return both((x, y) => (inside(x, y) ? height(x, y, cell(x, columns), cell(y, rows)) : NaN))(xs, ys);
};
// n guesses, each by the step that `step` makes of the slope at the last one.
LIBRARY.follow = (slope, start, n, step) => {
  if (n < 1) throw new RangeError("no guesses");
  const guesses = [start];
  while (guesses.length < Math.trunc(n)) {
    const last = guesses[guesses.length - 1];
    const guess = LIBRARY.add(last, step(slope(last)));
    if (![guess].flat().every(Number.isFinite)) break;
    guesses.push(guess);
  }
  return guesses;
};
LIBRARY.descend = (slope, start, alpha, n) => LIBRARY.follow(slope, start, n, (g) => LIBRARY.multiply(-alpha, g));
LIBRARY.momentum = (slope, start, alpha, n, beta) => {
  let v = 0;
  const step = (g) => (v = LIBRARY.add(LIBRARY.multiply(beta, v), LIBRARY.multiply(-alpha, g)));
  return LIBRARY.follow(slope, start, n, step);
};
// For a guess of several numbers, with the betas and the epsilon that are usual.
LIBRARY.adam = (slope, start, alpha, n) => {
  const [m, s] = [start.map(() => 0), start.map(() => 0)];
  let t = 0;
  const step = (x, i) => {
    m[i] = 0.9 * m[i] + (1 - 0.9) * x;
    s[i] = 0.999 * s[i] + (1 - 0.999) * x ** 2;
    return (-alpha * m[i]) / (1 - 0.9 ** t) / (Math.sqrt(s[i] / (1 - 0.999 ** t)) + 1e-8);
  };
  return LIBRARY.follow(slope, start, n, (g) => ((t += 1), g.map(step)));
};
// Runs from many starts at once: `starts` has a row of them for each axis, and so has each of the n
// guesses. One that is further than 1e6 is gone, which stops no other.
LIBRARY.walk = (slope, starts, alpha, n) => {
  if (n < 1) throw new RangeError("no guesses");
  const guesses = Array.from({ length: n }, () => starts.map(() => []));
  for (let j = 0; j < starts[0].length; j++) {
    let place = starts.map((row) => row[j]);
    for (const guess of guesses) {
      place.forEach((x, axis) => guess[axis].push(x));
      const slopes = slope(place);
      place = place.map((x, axis) => x - alpha * slopes[axis]);
      if (!place.every((x) => Math.abs(x) < 1e6)) place.fill(NaN);
    }
  }
  return guesses;
};
// Where each of them ends: the place among the minima, -1 on its way, -2 gone.
LIBRARY.ends = (guesses, minima) => {
  const [before, last] = guesses.slice(-2);
  const rests = (j) => (x, axis) =>
    Math.abs(last[axis][j] - x) < 1e-3 && Math.abs(last[axis][j] - before[axis][j]) < 1e-3;
  const far = (j) => !last.every((row) => Math.abs(row[j]) < 1e6);
  return last[0].map((_, j) => (far(j) ? -2 : minima.findIndex((minimum) => minimum.every(rests(j)))));
};
LIBRARY.spread = (low, high, many) => Array.from({ length: many }, (_, i) => low + (i * (high - low)) / (many - 1 || 1));
LIBRARY.sides = (values, reach) => values.flatMap((x) => [x - reach, x + reach]);
LIBRARY.grid = (xs, ys) => [ys.flatMap(() => xs), ys.flatMap((y) => xs.map(() => y))];
// A function that is known between low and high, and NaN elsewhere.
LIBRARY.bounded = (g, low, high) => each((x) => (low <= x && x <= high ? g(x) : NaN));
// The same, known by samples alone: the cubic through the four around x, exact on each of them.
LIBRARY.sampled = (ys, step, low, high) =>
  each((x) => {
    if (!(low <= x && x <= high)) return NaN;
    const at = (x - low) / step;
    const near = Math.round(at);
    if (Math.abs(at - near) < 1e-6 && near < ys.length) return ys[near];
    const i = Math.min(Math.max(Math.floor(at) - 1, 0), ys.length - 4);
    const u = at - i;
    return (
      (-ys[i] * (u - 1) * (u - 2) * (u - 3)) / 6 +
      (ys[i + 1] * u * (u - 2) * (u - 3)) / 2 -
      (ys[i + 2] * u * (u - 1) * (u - 3)) / 2 +
      (ys[i + 3] * u * (u - 1) * (u - 2)) / 6
    );
  });

// A value, or where there is none what nothing can be computed of: what needs it has none, either.
LIBRARY.tried = (compute) => {
  try {
    return compute();
  } catch {
    return Symbol("no value");
  }
};
