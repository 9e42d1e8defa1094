// The state of the playground in the page's address: a link, or its QR code, opens it again.
const figure = document.querySelector("article .live-figure");
const [copy, show, code] = ["copy", "show-code", "code"].map((id) => document.getElementById(id));
const says = document.getElementById("share-says");
const numbers = (text) => text.split(",").map((part) => (part.trim() ? Number(part) : NaN));
const all = (values, most) => values.every((x) => Math.abs(x) <= most);

// Each part of an address: its name in the state, how it is read, and what it has to be.
const PARTS = {
  f: ["formula", (text) => text, () => true, "a formula"],
  start: ["start", numbers, (xs) => xs.length < 3 && all(xs, 1e6), "one number, or two with a comma"],
  alpha: ["alpha", Number, (x) => x > 0 && x <= 1e6, "a number above 0"],
  n: ["n", Number, (x) => Number.isInteger(x) && x > 1 && x <= 100, "a whole number from 2 to 100"],
  range: ["range", numbers, ([a, b, c]) => a < b && all([a, b], 1e6) && c === undefined, "two numbers, the smaller one first"],
};

function readAddress() {
  const state = {};
  const wrong = [];
  for (const [key, text] of new URLSearchParams(location.hash.slice(1))) {
    if (!Object.prototype.hasOwnProperty.call(PARTS, key)) continue;
    const [name, read, fits, wanted] = PARTS[key];
    const value = read(text);
    if (fits(value)) state[name] = value;
    else wrong.push(`In this address, ${key} should be ${wanted}, not “${text.slice(0, 40)}”.`);
  }
  says.textContent = wrong.join(" ");
  figure.dispatchEvent(new CustomEvent("take", { detail: state }));
}

function address({ formula, start, alpha, n, range }) {
  const parts = new URLSearchParams({ f: formula, start, alpha, n });
  if (range) parts.set("range", range);
  return "#" + parts.toString().replace(/%2C/g, ",");
}

function drawCode() {
  const open = show.getAttribute("aria-expanded") === "true";
  code.replaceChildren();
  if (!open) return;
  if (location.protocol === "file:") {
    code.textContent = "This page lies in a folder of this computer, where no phone can open it: put the site on a web server first.";
    return;
  }
  const qr = qrcode(0, "L");
  qr.addData(location.href);
  qr.make();
  code.innerHTML = qr.createSvgTag({ scalable: true, margin: 16, cellSize: 4, alt: "QR code of the address of this page" });
}

// An address is written when the hand rests: browsers refuse too many of them.
let timer;
addEventListener("told", ({ detail }) => {
  const hash = address(detail);
  clearTimeout(timer);
  timer = setTimeout(() => {
    history.replaceState(null, "", hash);
    drawCode();
  }, 300);
});
addEventListener("hashchange", readAddress);
copy.onclick = () => {
  const told = (words) => () => (says.textContent = words);
  const byHand = told("Copy it from the browser's address bar.");
  if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(told("The link is copied."), byHand);
  else byHand();
};
show.hidden = typeof qrcode === "undefined";
show.onclick = () => {
  const open = show.getAttribute("aria-expanded") === "true";
  show.setAttribute("aria-expanded", !open);
  show.textContent = open ? "Show QR code" : "Hide QR code";
  drawCode();
};
if (location.hash.length > 1) readAddress();
