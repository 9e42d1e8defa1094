// Numbers that carry their slopes: [value, slope by the first variable, slope by the second].

const along = (rate, slope) => (slope === 0 ? 0 : rate * slope); // also where the rate is infinite
const ZERO = [0, 0, 0];

// The chain rule: a value made of a and b, and how fast it changes with each of them.
const chain = (value, a, rate, b = ZERO, other = 0) => {
  const slope = (i) => (Number.isNaN(value) ? NaN : along(rate, a[i]) + along(other, b[i]));
  return [value, slope(1), slope(2)];
};
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
    return chain(value, [a, ...slopes], rate, b, value === 0 ? 0 : value * Math.log(a));
  },
  minus: (a) => chain(-a[0], a, -1),
  sin: (a) => chain(Math.sin(a[0]), a, Math.cos(a[0])),
  cos: (a) => chain(Math.cos(a[0]), a, -Math.sin(a[0])),
  tan: (a) => chain(Math.tan(a[0]), a, 1 + Math.tan(a[0]) ** 2),
  tanh: (a) => chain(Math.tanh(a[0]), a, 1 - Math.tanh(a[0]) ** 2),
  exp: (a) => chain(Math.exp(a[0]), a, Math.exp(a[0])),
  log: (a) => chain(Math.log(a[0]), a, 1 / a[0]),
  sqrt: (a) => chain(Math.sqrt(a[0]), a, 0.5 / Math.sqrt(a[0])),
  abs: (a) => chain(Math.abs(a[0]), a, Math.sign(a[0])),
  // Where both are equal the slope is the mean, as |x|, which is max(x, -x), has none at 0.
  max: (a, b) => chain(Math.max(a[0], b[0]), a, over(a, b), b, over(b, a)),
  min: (a, b) => chain(Math.min(a[0], b[0]), a, over(b, a), b, over(a, b)),
};
OPERATIONS.ln = OPERATIONS.log;
