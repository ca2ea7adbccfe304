import { classesFor, classKeys } from "../draw/keys/class-keys.ts";
import { findingOf, isTaken, type KeyAction, type KeyPress, typingOf } from "../draw/keys/keys.ts";

/** The action of a key in the queue of unlabelled drawings. */
export type QueueAction =
  | Extract<KeyAction, { kind: "label" | "type" | "mistyped" | "find" }>
  | { kind: "accept" | "none" | "discard" | "skip" | "undo" | "help" };

/** Commands with a letter key. */
const LETTERS = { x: "none", u: "undo", h: "help" } as const;
type Letter = keyof typeof LETTERS;

/**
 * Returns the action of a key, or null to leave the key to the browser: with a modifier, in a field, and for Enter and
 * Space on an element that they activate. The keys of classes are those of the Draw page, and take precedence over a
 * command's letter, which then needs Alt. Ctrl+Z undoes, as `u` does.
 */
export function queueActionOf(press: KeyPress, classes: readonly string[]): QueueAction | null {
  const { key, focus } = press;
  if (focus === "input" || focus === "select" || focus === "textarea") return null;
  if (press.ctrlKey || press.metaKey) return isUndo(press) ? { kind: "undo" } : null;
  if (press.altKey) return letterAction(press);
  if ([...key].length === 1 && classes.includes(key)) return { kind: "label", label: key };
  const typing = typingOf(press, classes);
  if (typing !== null) return typing;
  const isActivated = focus === "button" || focus === "a" || focus === "summary";
  if (key === "Enter") return isActivated ? null : { kind: "accept" };
  if (key === " ") return isActivated ? null : { kind: "skip" };
  if (key === "Backspace") return { kind: "discard" };
  if ([...key].length !== 1) return null;
  if (key === "?" && !isTaken(key, classes)) return { kind: "help" };
  return findingOf(key, classes) ?? letterAction(press);
}

/** How the page names a command's key: "x", or "Alt+x" when a class has the letter or its keys begin with it. */
export function queueKeyName(letter: Letter, classes: readonly string[]): string {
  const isTyped = classesFor(letter, classKeys(classes)).length > 0;
  return isTyped || isTaken(letter, classes) ? `Alt+${letter}` : letter;
}

function isUndo({ key, altKey }: KeyPress): boolean {
  return key.toLowerCase() === "z" && !altKey;
}

function letterAction({ key, code }: KeyPress): QueueAction | null {
  const letters = Object.keys(LETTERS) as Letter[];
  const letter = letters.find((one) => one === key.toLowerCase() || code === `Key${one.toUpperCase()}`);
  return letter === undefined ? null : { kind: LETTERS[letter] };
}
