export type KeyAction =
  | { kind: "label"; label: string }
  | { kind: "accept" }
  | { kind: "undo" }
  | { kind: "clear" }
  | { kind: "help" };

/** The part of a KeyboardEvent that decides. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** Tag name and type of what has the focus, lower-case, e.g. "button", "input". */
  focus: string;
}

/**
 * What a key means on the Draw page, or null to leave it to the browser: with a modifier, while typing into
 * a field, and for Enter and Space on something that they press.
 */
export function actionOf(press: KeyPress, classes: readonly string[]): KeyAction | null {
  const { key, focus } = press;
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (focus === "input" || focus === "select" || focus === "textarea") return null;
  if (classes.includes(key)) return { kind: "label", label: key };
  const pressesFocus = focus === "button" || focus === "a" || focus === "summary";
  if (key === "Enter") return pressesFocus ? null : { kind: "accept" };
  if (key === " ") return pressesFocus ? null : { kind: "clear" };
  if (key === "Backspace") return { kind: "undo" };
  if (key === "h" || key === "?") return { kind: "help" };
  return null;
}
