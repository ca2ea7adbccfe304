import { one } from "./dom.ts";

/** Style properties of shapes and text that are also attributes of SVG. */
const PROPERTIES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
];
/** Attributes that have a meaning only on the page. */
const ATTRIBUTES_OF_PAGE = /^(id|class|href|role|tabindex|aria-.*|data-.*)$/;
/** Position of the layers' names in an unscrolled picture. */
const LAYER_X = "20";

/**
 * The displayed picture as a standalone file: complete, at its natural size, with its colours as attributes, and
 * without links.
 *
 * @param svg on the page, so that its style is known.
 */
export function standaloneSvg(svg: SVGSVGElement, width: number, height: number): string {
  const copy = copyOf(svg) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const ground = document.createElementNS(copy.namespaceURI, "rect");
  ground.setAttribute("width", String(width));
  ground.setAttribute("height", String(height));
  ground.setAttribute("fill", getComputedStyle(one(".g-stage")).backgroundColor);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

/** Offers text to the reader as a file download. */
export function saveText(text: string, type: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

/** Copies an element. A link becomes a group; invisible elements are omitted. */
function copyOf(element: Element): Element {
  const copy = document.createElementNS(
    "http://www.w3.org/2000/svg",
    element.localName === "a" ? "g" : element.localName,
  );
  for (const { name, value } of element.attributes) {
    if (!ATTRIBUTES_OF_PAGE.test(name)) copy.setAttribute(name, value);
  }
  if (element.classList.contains("g-layer")) copy.setAttribute("x", LAYER_X);
  if (element.localName !== "title") paint(copy, getComputedStyle(element));
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.cloneNode());
    else if (child instanceof Element && getComputedStyle(child).opacity !== "0") copy.append(copyOf(child));
  }
  return copy;
}

function paint(copy: Element, style: CSSStyleDeclaration): void {
  const isGroup = copy.localName === "g";
  for (const name of PROPERTIES) {
    // The shapes inside have the attributes themselves.
    if (!isGroup || name === "opacity") copy.setAttribute(name, style.getPropertyValue(name));
  }
  const moved = style.translate.match(/-?[\d.]+(?=px)/g);
  if (moved !== null) copy.setAttribute("transform", `translate(${moved[0]} ${moved[1] ?? 0})`);
}
