// Numbers that carry their slopes: [value, slope by the first variable, slope by the second].

const { sin, cos, tan, tanh, exp, log, sqrt, abs, max, min } = Math;
const along = (rate, slope) => (slope === 0 ? 0 : rate * slope); // also where the rate is infinite
const ZERO = [0, 0, 0];

// The chain rule: a value made of a and b, and how fast it changes with each of them.
const chain = (value, a, rate, b = ZERO, other = 0) => {
  const slope = (i) => (Number.isNaN(value) ? NaN : along(rate, a[i]) + along(other, b[i]));
  return [value, slope(1), slope(2)];
};
// Of a function and its derivative.
const smooth = (g, rate) => (a) => chain(g(a[0]), a, rate(a[0]));
const over = (a, b) => (a[0] === b[0] ? 0.5 : +(a[0] > b[0]));
export const constant = (value) => [value, 0, 0];

export const OPERATIONS = {
  "+": (a, b) => chain(a[0] + b[0], a, 1, b, 1),
  "-": (a, b) => chain(a[0] - b[0], a, 1, b, -1),
  "*": (a, b) => chain(a[0] * b[0], a, b[0], b, a[0]),
  "/": (a, b) => chain(a[0] / b[0], a, 1 / b[0], b, -a[0] / b[0] / b[0]),
  "^": ([a, ...slopes], b) => {
    const value = a ** b[0];
    const rate = b[0] === 0 ? 0 : b[0] * a ** (b[0] - 1);
    return chain(value, [a, ...slopes], rate, b, value === 0 ? 0 : value * log(a));
  },
  minus: smooth((x) => -x, () => -1),
  sin: smooth(sin, cos),
  cos: smooth(cos, (x) => -sin(x)),
  tan: smooth(tan, (x) => 1 + tan(x) ** 2),
  tanh: smooth(tanh, (x) => 1 - tanh(x) ** 2),
  exp: smooth(exp, exp),
  log: smooth(log, (x) => 1 / x),
  sqrt: smooth(sqrt, (x) => 0.5 / sqrt(x)),
  abs: smooth(abs, Math.sign),
  // Where both are equal the slope is the mean, as |x|, which is max(x, -x), has none at 0.
  max: (a, b) => chain(max(a[0], b[0]), a, over(a, b), b, over(b, a)),
  min: (a, b) => chain(min(a[0], b[0]), a, over(b, a), b, over(a, b)),
};
OPERATIONS.ln = OPERATIONS.log;
