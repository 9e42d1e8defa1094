// A run of gradient descent: its guesses, and how it went in one word, by the rules of diagnosis.py.

const SMALLER = "try a smaller α";
const sum = (list) => list.reduce((total, x) => total + x, 0);
const dot = (a, b) => sum(a.map((x, i) => x * b[i]));
const part = (x) => (x < 1e-6 ? "less than a millionth" : Number(x.toPrecision(2)));

// `at` gives a value and slopes; a run that `broke` ends at its last finite guess.
export function descend(at, start, alpha, n) {
  const [guesses, heights] = [[start], []];
  for (let guess = start; ; guesses.push(guess)) {
    const [height, ...slopes] = at(...guess);
    heights.push(height);
    if (heights.length >= n) return { guesses, heights };
    const last = guess;
    guess = last.map((x, i) => x - alpha * slopes[i]);
    const left = guess.some(Number.isNaN) && Math.max(...last.map(Math.abs)) < 1e100;
    if (!guess.every(Number.isFinite)) return { guesses, heights, broke: left ? "left" : "overflowed" };
  }
}

// The word, and why; `domain` is what is drawn of a curve.
export function diagnose({ guesses, heights, broke }, domain) {
  const moves = guesses.slice(1).map((guess, i) => guess.map((x, k) => x - guesses[i][k]));
  if (!moves.length) return ["Unknown", "the start has no slope that is a number; start elsewhere"];
  if (broke === "overflowed") return ["Overflowed", `the guesses grew beyond every number; ${SMALLER}`];
  if (broke) return ["Diverging", `the run left where the function has values; ${SMALLER}`];
  const unit = Math.max(...moves.flat().map(Math.abs)) || 1; // or squares of huge steps are infinite
  const steps = moves.map((move) => move.map((x) => x / unit));
  const sizes = steps.map((step) => Math.hypot(...step));
  const [first, largest, [b = 0, a = 0, last]] = [sizes[0], Math.max(...sizes), [0, 0, ...sizes].slice(-3)];
  const now = last / (largest || 1);
  if (now <= 1e-3) return ["Converged", `the last step is ${part(now)} of the largest; check that this flat place is a minimum`];
  const backs = steps.slice(1).map((step, i) => +(dot(step, steps[i]) < 0)).slice(-10);
  const turning = sum(backs) / (backs.length || 1);
  const grown = (x, y) => x > y * (1 + 1e-9);
  const middle = [...sizes].sort((x, y) => x - y)[sizes.length >> 1];
  const swinging = turning >= 0.9 && grown(a, b) && grown(last, a);
  const racing = last > 1.5 * a && last > 10 * Math.max(first, middle);
  if (now === 1 && sizes.length > 2 && (swinging || racing || last > 1e20 * first))
    return ["Diverging", `the last step is ${Number((last / first).toPrecision(3))} times the first; ${SMALLER}`];
  const period = [2, 3, 4, 5, 6, 7, 8].find((many) => 2 * many < guesses.length && returned(guesses, many, unit * Math.max(...sizes.slice(-many))));
  if (period) return ["Cycling", `the guesses come back to where they were every ${period} steps; ${SMALLER}`];
  const known = heights.filter((height) => !Number.isNaN(height));
  const up = known[known.length - 1] - known[0] > 0.1 * Math.abs(Math.min(...known));
  if (up && known.every((height, i) => !i || height >= known[i - 1]) && (now > 0.99 || !turning))
    return ["Diverging", `the values rise; ${SMALLER}`];
  const growing = now === 1 && grown(last, first);
  const outside = (low, high) => Math.abs(guesses[guesses.length - 1][0] - (low + high) / 2) > 1.5 * (high - low);
  if (growing && domain && outside(...domain))
    return ["Diverging", "the steps grow and the values fall without end; look whether there is a minimum"];
  if (turning >= 0.5) return ["Oscillating", `it still turns round, and the last step is ${part(now)} of the largest; ${SMALLER}`];
  if (growing) return ["Slow", "the steps still grow; take more guesses"];
  return ["Slow", `the last step is still ${part(now)} of the largest; take more guesses, or a larger α`];
}

// Whether the last guesses are those of one period before, to a thousandth of a step.
const returned = (guesses, many, step) =>
  guesses.slice(-many).every((guess, i) => {
    const before = guesses[guesses.length - 2 * many + i];
    return guess.every((x, k) => Math.abs(x - before[k]) <= 1e-3 * step);
  });
