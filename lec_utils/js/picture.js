// The still picture's SVG, to be set into the page.
import { newId } from "./elements.js";

// Its ids are such that no other figure on the page has them.
export function openPicture(image) {
  const prefix = newId() + "-";
  const { src } = image;
  const told = decodeURIComponent(src.slice(src.indexOf(",") + 1));
  const text = told.replace(/ id='|href='#|url\(#/g, "$&" + prefix);
  const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  for (const name of ["width", "height"]) svg.removeAttribute(name);
  svg.style.cssText += ";display:block;width:100%;max-height:" + image.style.maxHeight;
  svg.setAttribute("preserveAspectRatio", "xMinYMid");
  svg.setAttribute("role", "img");
  return { svg, find: (id) => svg.querySelector("#" + prefix + id) };
}
