import { isTaken, type KeyPress } from "../draw/keys/keys.ts";

/** The action of a key in the grid. */
export type GridAction =
  | { kind: "move"; by: number; rows: number; isRange: boolean }
  | { kind: "label"; label: string }
  | { kind: "none" | "withdraw" | "store" | "clear" | "undo" | "help" };

const MOVES: Readonly<Record<string, { by: number; rows: number }>> = {
  ArrowLeft: { by: -1, rows: 0 },
  ArrowRight: { by: 1, rows: 0 },
  ArrowUp: { by: 0, rows: -1 },
  ArrowDown: { by: 0, rows: 1 },
};
const LETTERS = { x: "none", u: "undo", h: "help" } as const;

/**
 * Returns the action of a key, or null to leave it to the browser: the keys that scroll a page, those in a field, and
 * Enter and Space on an element that they activate. A class takes precedence over a command's letter, which then needs
 * Alt.
 *
 * @param isInGrid whether a drawing has the focus; its checkbox is not a field to type into.
 */
export function gridActionOf(
  press: KeyPress & { shiftKey: boolean },
  classes: readonly string[],
  isInGrid: boolean,
): GridAction | null {
  const { key, focus, ctrlKey, metaKey, altKey, shiftKey } = press;
  if (!isInGrid && (focus === "input" || focus === "select" || focus === "textarea")) return null;
  if (ctrlKey || metaKey) return key === "z" || key === "Z" ? { kind: "undo" } : null;
  if (altKey) return letterOf(press);
  if (key === "Escape") return { kind: "clear" };
  const isActivated = focus === "button" || focus === "a" || focus === "summary";
  if (key === "Enter") return isActivated ? null : { kind: "store" };
  // A drawing is a checkbox, which the browser selects and clears.
  if (key === " ") return null;
  const move = MOVES[key];
  if (move !== undefined) return isInGrid ? { kind: "move", ...move, isRange: shiftKey } : null;
  if ([...key].length === 1 && classes.includes(key)) return { kind: "label", label: key };
  if (key === "Backspace" || key === "Delete") return { kind: "withdraw" };
  if (key === "?") return { kind: "help" };
  return isTaken(key, classes) ? null : letterOf(press);
}

function letterOf({ key, code }: KeyPress): GridAction | null {
  const letters = Object.keys(LETTERS) as (keyof typeof LETTERS)[];
  const letter = letters.find((one) => one === key.toLowerCase() || code === `Key${one.toUpperCase()}`);
  return letter === undefined ? null : { kind: LETTERS[letter] };
}
