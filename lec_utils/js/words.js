// Numbers and templates, written as formula.py writes them.

// A number with its digits rounded as Python does: to even where it lies exactly in the middle.
function digits(value, decimals, method) {
  const [exact, power] = value[method](100).split("e");
  const cut = exact.length - 100 + decimals;
  const even = /^50*$/.test(exact.slice(cut)) && /[02468]\.?$/.test(exact.slice(0, cut));
  if (!even) return value[method](decimals);
  return exact.slice(0, cut).replace(/\.$/, "") + (power ? "e" + power : "");
}

function written(value, decimals) {
  if (typeof value !== (decimals === null ? "string" : "number")) throw new TypeError("no words for it");
  if (decimals === null) return value;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "no number" : value > 0 ? "∞" : "−∞";
  const small = Math.abs(value) < 1e6;
  const text = small ? digits(value, decimals, "toFixed") : digits(value, 2, "toExponential");
  return text.replace("+", "").replace(/^-(?=[0.]*$)/, "").replace("-", "−");
}

// A template's text; `value` computes a formula by its place.
export const fill = (template, value) =>
  template.map((part) => (typeof part === "string" ? part : written(value(part[0]), part[1]))).join("");
