import { isTaken, type KeyPress } from "../draw/keys/keys.ts";

/** The action of a key in the label queue. */
export type ReviewAction =
  | { kind: "label"; label: string }
  | { kind: "confirm" | "reading" | "none" | "withdraw" | "skip" | "undo" | "help" };

/** Commands with a letter key. */
const LETTERS = { m: "reading", x: "none", u: "undo", h: "help" } as const;
type Letter = keyof typeof LETTERS;

/**
 * Returns the action of a key, or null to leave the key to the browser: with a modifier, in a field, and for Enter and
 * Space on an element that they activate. A class takes precedence over a command's letter, which then needs Alt.
 */
export function reviewActionOf(press: KeyPress, classes: readonly string[]): ReviewAction | null {
  const { key, focus } = press;
  if (press.ctrlKey || press.metaKey) return null;
  if (focus === "input" || focus === "select" || focus === "textarea") return null;
  if (press.altKey) return letterAction(press);
  if ([...key].length === 1 && classes.includes(key)) return { kind: "label", label: key };
  const isActivated = focus === "button" || focus === "a" || focus === "summary";
  if (key === "Enter") return isActivated ? null : { kind: "confirm" };
  if (key === " ") return isActivated ? null : { kind: "skip" };
  if (key === "Backspace") return { kind: "withdraw" };
  if (key === "?") return { kind: "help" };
  return isTaken(key, classes) ? null : letterAction(press);
}

/** How the page names a command's key: "m", or "Alt+m" when a class has the letter. */
export function keyName(letter: Letter, classes: readonly string[]): string {
  return isTaken(letter, classes) ? `Alt+${letter}` : letter;
}

function letterAction({ key, code }: KeyPress): ReviewAction | null {
  const letters = Object.keys(LETTERS) as Letter[];
  const letter = letters.find((one) => one === key.toLowerCase() || code === `Key${one.toUpperCase()}`);
  return letter === undefined ? null : { kind: LETTERS[letter] };
}
