import { neighbours } from "../../../src/graph/lineage.ts";
import { type ElementLink, edgeGroups, elementLinks } from "./dom.ts";

/** Elements of one row differ in height; their middles do not. */
const SAME_ROW_PX = 8;

type Direction = "up" | "down" | "left" | "right";

const KEYS: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

/** Puts one element of the picture into the tab order; the arrow keys move from there. */
export function startWalk(selected: string | null): void {
  const links = elementLinks();
  const first = links.find(({ dataset }) => dataset.key === selected) ?? links[0];
  for (const link of links) link.setAttribute("tabindex", link === first ? "0" : "-1");
}

/**
 * The element that an arrow key leads to: up to one that the element depends on, down to one that depends on it, of
 * several to the nearest row; left and right within the row.
 * @returns null when the key is not an arrow, or there is no such element.
 */
export function walk(from: ElementLink, key: string): ElementLink | null {
  const direction = KEYS[key];
  if (direction === undefined) return null;
  const links = elementLinks();
  const here = middle(from);
  const rowPx = SAME_ROW_PX * scaleOf(from);
  const away = (link: ElementLink) => {
    const { x, y } = middle(link);
    return { rows: Math.round(Math.abs(y - here.y) / rowPx), x: Math.abs(x - here.x) };
  };
  const near = (candidates: ElementLink[]) =>
    candidates.map((link) => ({ link, ...away(link) })).toSorted((a, b) => a.rows - b.rows || a.x - b.x)[0]
      ?.link ?? null;
  if (direction === "left" || direction === "right") {
    const sign = direction === "left" ? -1 : 1;
    const row = links.filter((link) => Math.abs(middle(link).y - here.y) < rowPx);
    return near(row.filter((link) => (middle(link).x - here.x) * sign > 0));
  }
  const edges = edgeGroups().map(({ edge }) => edge);
  const next = direction === "down" ? neighbours(edges, "from", "to") : neighbours(edges, "to", "from");
  const ids = new Set(next.get(from.dataset.id ?? ""));
  return near(links.filter(({ dataset }) => ids.has(dataset.id ?? "")));
}

/** Moves the focus, and the tab stop, to an element. */
export function moveTo(link: ElementLink): void {
  for (const other of elementLinks()) other.setAttribute("tabindex", other === link ? "0" : "-1");
  link.focus({ preventScroll: true });
}

function middle(link: ElementLink): { x: number; y: number } {
  const box = (link.querySelector(".g-shape:last-of-type") ?? link).getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function scaleOf(link: ElementLink): number {
  return link.getScreenCTM()?.a ?? 1;
}
