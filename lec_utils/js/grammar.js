// What a learner types, such as 3x² - 2|x| or sin(x) + y^2/10, read as a function with its slopes.
import { constant, OPERATIONS } from "./dual.js";

const LONGEST = 200; // characters, so that it cannot be too deep either
const ALSO = { "−": "-", "–": "-", "·": "*", "⋅": "*", "×": "*", "÷": "/", "**": "^", "√": "sqrt", "π": "pi" };
const NUMBERS = { pi: Math.PI, e: Math.E };
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const NAMES = "sqrt|tanh|sin|cos|tan|exp|log|ln|abs|max|min|pi|[πxywe√]";
const SIGNS = "\\*\\*|[-−–+*·⋅×/÷^()|,]";
const TOKEN = new RegExp(`(\\d+\\.?\\d*|\\.\\d+)|(${NAMES})|(⁻?[${RAISED}]+)|(${SIGNS})|\\S`, "giu");

// A slip of the writer: what is wrong, and from where to where.
const slip = (words, { at, end }) => Object.assign(new Error(words), { at, end });

function unknown(character) {
  if (character === "=") return "Write only what comes after the =.";
  if (!/\p{L}/u.test(character)) return `“${character}” has no meaning here.`;
  return `“${character}” is not known: use x, or x and y, or w, and functions such as sin, exp and sqrt.`;
}

// The tokens of a text, each with its kind and its place; ² is ^ 2.
function split(text) {
  if (text.length > LONGEST)
    throw slip(`A formula has ${LONGEST} characters at most.`, { at: LONGEST, end: text.length });
  const tokens = [];
  for (const [written, number, name, raised, sign] of text.matchAll(TOKEN)) {
    const at = text.indexOf(written, tokens.length ? tokens[tokens.length - 1].end : 0);
    const add = (kind, text) => tokens.push({ kind, text, at, end: at + written.length });
    const digits = (letters) => [...letters].map((one) => (one === "⁻" ? "-" : RAISED.indexOf(one))).join("");
    if (number) add("number", number);
    else if (raised) add("sign", "^"), add("number", digits(raised));
    else if (name || sign) add(name ? "name" : "sign", ALSO[written] || written.toLowerCase());
    else throw slip(unknown(written), { at, end: at + written.length });
  }
  return tokens;
}

// Its names (one variable or two), and `at`: its value and slopes where these have some numbers.
export function read(text) {
  const tokens = split(text);
  const end = { kind: "end", text: "", at: text.length, end: text.length + 1 };
  const names = [];
  let next = 0;
  let bars = 0; // how many | are open
  const now = () => tokens[next] || end;
  const is = (...signs) => now().kind === "sign" && signs.includes(now().text);
  const apply = (name, ...parts) => (values) => OPERATIONS[name](...parts.map((part) => part(values)));

  const sum = () => {
    let left = product();
    while (is("+", "-")) left = apply(tokens[next++].text, left, product());
    return left;
  };
  const product = () => {
    for (let left = signed(); ; ) {
      const { kind, text } = now();
      if (is("*", "/")) left = apply(tokens[next++].text, left, signed());
      else if (kind === "name" || is("(") || (is("|") && !bars)) left = apply("*", left, power());
      else if (kind === "number")
        throw slip(`Before ${text} a sign is missing: write 2x for a product, x^2 for a power.`, now());
      else return left;
    }
  };
  const signed = () => {
    if (!is("+", "-")) return power();
    return tokens[next++].text === "-" ? apply("minus", signed()) : signed();
  };
  const power = () => {
    const base = operand();
    return is("^") ? (next++, apply("^", base, signed())) : base;
  };
  const operand = () => {
    const token = now();
    next++;
    if (token.kind === "number") return number(token);
    if (token.text in OPERATIONS && token.kind === "name") return called(token);
    if (token.kind === "name") return named(token);
    if (token.text === "(") return inside(sum, 0, ")", token);
    if (token.text === "|") return apply("abs", inside(sum, bars + 1, "|", token));
    if (token.kind === "sign") throw slip(`Before “${token.text}” a number or a letter is missing.`, token);
    throw slip(next > 1 ? "Something is missing at the end." : "Type a formula, such as x^4 - 3x.", token);
  };
  const number = ({ text, at, end }) => {
    const [letter, digits] = [now(), tokens[next + 1] || {}];
    if (letter.text === "e" && letter.at === end && digits.kind === "number" && digits.at === letter.end)
      throw slip("This can mean two things: write 2*10^3, or 2*e*3.", { at, end: digits.end });
    return () => constant(Number(text));
  };
  const named = (token) => {
    const { text } = token;
    if (text in NUMBERS) return () => constant(NUMBERS[text]);
    if (!names.includes(text)) names.push(text);
    if (names.length > 2) throw slip(`${text} is a third letter: a function here has one or two.`, token);
    return (values) => values[text];
  };
  const called = (token) => {
    const two = /^m/.test(token.text);
    if (!is("("))
      throw slip(`After ${token.text} parentheses are missing: ${token.text}(${two ? "x, 1" : "x"}).`, token);
    const pair = () => {
      const first = sum();
      if (!is(",")) throw slip(`${token.text} takes two numbers, with a comma between them.`, now());
      return next++, [first, sum()];
    };
    return apply(token.text, ...inside(two ? pair : () => [sum()], 0, ")", tokens[next++]));
  };
  // What stands between two signs; a | in parentheses closes none outside them.
  const inside = (what, open, closing, opened) => {
    const outer = bars;
    bars = open;
    const found = what();
    bars = outer;
    if (!is(closing)) throw now().kind === "end" ? slip(`This “${opened.text}” is never closed.`, opened) : wrong();
    next++;
    return found;
  };
  const wrong = () => slip(is(",") ? "Write decimals with a point: 0.5." : `This “${now().text}” closes nothing.`, now());

  const value = sum();
  if (next < tokens.length) throw wrong();
  names.sort();
  if (!names.length) names.push("x");
  const seed = (numbers) => names.map((name, i) => [name, [numbers[i], i ? 0 : 1, i ? 1 : 0]]);
  return { names, at: (...numbers) => value(Object.fromEntries(seed(numbers))) };
}
