import { isTaken, type KeyPress } from "../draw/keys/keys.ts";

/** The action of a key in the sheet. */
export type SheetAction =
  | { kind: "move"; by: number; rows: number; isRange: boolean }
  | { kind: "edge"; isEnd: boolean; isRange: boolean }
  | { kind: "label"; label: string }
  | { kind: "toggle" | "all" | "clear" | "open" | "none" | "withdraw" | "undo" | "help" };

const MOVES: Readonly<Record<string, { by: number; rows: number }>> = {
  ArrowLeft: { by: -1, rows: 0 },
  ArrowRight: { by: 1, rows: 0 },
  ArrowUp: { by: 0, rows: -1 },
  ArrowDown: { by: 0, rows: 1 },
  PageUp: { by: 0, rows: -5 },
  PageDown: { by: 0, rows: 5 },
};
const LETTERS = { x: "none", u: "undo", h: "help" } as const;

/**
 * Returns the action of a key, or null to leave it to the browser. A class takes precedence over a command's letter,
 * which then needs Alt.
 *
 * @param isInSheet whether a drawing has the focus: only then do the keys that scroll or activate belong to the sheet.
 */
export function sheetActionOf(
  press: KeyPress & { shiftKey: boolean },
  classes: readonly string[],
  isInSheet: boolean,
): SheetAction | null {
  const { key, focus, ctrlKey, metaKey, altKey, shiftKey } = press;
  if (focus === "input" || focus === "select" || focus === "textarea") return null;
  if (ctrlKey || metaKey) return commandOf(key);
  if (altKey) return letterOf(press);
  if (key === "Escape") return { kind: "clear" };
  if (isInSheet) {
    const move = MOVES[key];
    if (move !== undefined) return { kind: "move", ...move, isRange: shiftKey };
    if (key === "Home" || key === "End") return { kind: "edge", isEnd: key === "End", isRange: shiftKey };
    if (key === " ") return { kind: "toggle" };
    if (key === "Enter") return { kind: "open" };
  }
  if ([...key].length === 1 && classes.includes(key)) return { kind: "label", label: key };
  if (key === "Backspace" || key === "Delete") return { kind: "withdraw" };
  if (key === "?") return { kind: "help" };
  return isTaken(key, classes) ? null : letterOf(press);
}

function commandOf(key: string): SheetAction | null {
  if (key === "a" || key === "A") return { kind: "all" };
  return key === "z" || key === "Z" ? { kind: "undo" } : null;
}

function letterOf({ key, code }: KeyPress): SheetAction | null {
  const letters = Object.keys(LETTERS) as (keyof typeof LETTERS)[];
  const letter = letters.find((one) => one === key.toLowerCase() || code === `Key${one.toUpperCase()}`);
  return letter === undefined ? null : { kind: LETTERS[letter] };
}
