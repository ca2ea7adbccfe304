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
/** Where the layers' names are in an unscrolled picture, as attributes of the page. */
const UNSCROLLED = { x: "data-x", y: "data-y" } as const;

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

/** Longest side and largest area of a canvas in every browser, in px. */
const MAX_SIDE_PX = 16_384;
const MAX_AREA_PX = 2 ** 27;
/** Pixels per CSS pixel, so that the picture is sharp in print. */
const SHARPNESS = 2;

/** The same picture as pixels: twice its natural size, or as large as a canvas can be. @param svg from `standaloneSvg`. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  // The page may load images from itself and from data only.
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = Math.min(
    SHARPNESS,
    MAX_SIDE_PX / Math.max(width, height),
    Math.sqrt(MAX_AREA_PX / (width * height)),
  );
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.floor(width * scale));
  canvas.height = Math.max(1, Math.floor(height * scale));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("The picture is too large")) : resolve(blob)));
  });
}

/** Offers a file to the reader as a download. */
export function saveFile(content: Blob, fileName: string): void {
  const address = URL.createObjectURL(content);
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
  if (element.classList.contains("g-layer")) {
    for (const [name, kept] of Object.entries(UNSCROLLED))
      copy.setAttribute(name, element.getAttribute(kept) ?? "0");
  }
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
