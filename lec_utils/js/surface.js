// The facets of a surface, which turns: what is nearer covers what is farther.
import { shape } from "./elements.js";
import { short } from "./marks.js";

// Made of the shades that mesh.py computed, a letter each, in place of the still picture's image.
function makeFacets({ group, shades, colors }) {
  const facets = shades.map((row, i) =>
    [...row].map((letter, j) => {
      const color = colors[letter.charCodeAt(0) - 65];
      return { node: shape("path", { fill: color, stroke: color }), i, j }; // which closes the seams
    }),
  );
  group.replaceChildren();
  group.setAttribute("stroke-width", 0.5);
  return facets.flat();
}

// `eye` points to who looks, along columns, along rows and up; `crossings` gives the places of the
// grid in the picture. All stays as it is until the eye moves.
export function moveSurface(mesh, eye, crossings) {
  if (mesh.seen === (mesh.seen = String(eye))) return;
  const facets = (mesh.facets ??= makeFacets(mesh));
  const [across, along] = eye.map(Math.sign);
  const nearness = ({ i, j }) => j * across + i * along;
  if (mesh.order !== `${across} ${along}`) {
    const sorted = [...facets].sort((a, b) => nearness(a) - nearness(b));
    mesh.group.append(...sorted.map(({ node }) => node));
    mesh.order = `${across} ${along}`;
  }
  const told = (point) => (point.every(Number.isFinite) ? point.map(short).join(" ") : "");
  const at = crossings().map((row) => row.map(told));
  for (const { node, i, j } of facets) {
    const corners = [at[i][j], at[i][j + 1], at[i + 1][j + 1], at[i + 1][j]];
    node.setAttribute("d", corners.every(Boolean) ? `M${corners.join("L")}z` : "");
  }
}
