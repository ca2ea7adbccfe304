/** The action of a key while the map has the focus. */
export type MapAction =
  | { kind: "move" | "size"; x: number; y: number }
  | { kind: "select"; isAdding: boolean }
  | { kind: "toggle" }
  | { kind: "zoom"; factor: number }
  | { kind: "fit" };

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Of one key or button. */
export const ZOOM_STEP = 1.5;

/** Returns the action of a key, or null to leave it to the sheet and the browser. A class takes precedence. */
export function mapActionOf(
  {
    key,
    shiftKey,
    ctrlKey,
    metaKey,
    altKey,
  }: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">,
  classes: readonly string[],
): MapAction | null {
  if (ctrlKey || metaKey || altKey || classes.includes(key)) return null;
  const arrow = ARROWS[key];
  if (arrow !== undefined) return { kind: shiftKey ? "size" : "move", x: arrow[0], y: arrow[1] };
  if (key === "Enter") return { kind: "select", isAdding: shiftKey };
  if (key === " ") return { kind: "toggle" };
  if (key === "+" || key === "=") return { kind: "zoom", factor: ZOOM_STEP };
  if (key === "-") return { kind: "zoom", factor: 1 / ZOOM_STEP };
  return key === "Home" ? { kind: "fit" } : null;
}
