/** The action of a key on the Draw page. */
export type KeyAction =
  | { kind: "label"; label: string }
  /** The drawing is none of the classes. */
  | { kind: "none" }
  | { kind: "accept" }
  | { kind: "undo" }
  | { kind: "clear" }
  | { kind: "help" }
  | { kind: "explain" }
  /** Chooses one of the recent drawings, to correct it. */
  | { kind: "recent" }
  /** Focuses the field that finds a label, with the text typed so far. */
  | { kind: "find"; text: string };

/** The part of a KeyboardEvent that decides the action. */
export interface KeyPress {
  key: string;
  /** The physical key, as "KeyH": with Alt, some systems report another `key`. */
  code?: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** Tag name and type of the focused element, lower-case, e.g. "button", "input". */
  focus: string;
}

/** Commands with a letter key. */
const LETTER_COMMANDS = {
  h: { kind: "help" },
  x: { kind: "none" },
  v: { kind: "explain" },
  r: { kind: "recent" },
} as const satisfies Record<string, KeyAction>;

type Letter = keyof typeof LETTER_COMMANDS;
/** Focuses the field that finds a label. */
const FIND_KEY = "/";

/**
 * Returns the action of a key on the Draw page, or null to leave the key to the browser: with a modifier, while typing
 * into a field, and for Enter and Space on an element that they activate.
 *
 * A class of one character has its own key; case matters. Classes take precedence over a command's letter: alone, it
 * works unless a class starts with it; with Alt, it always works. The first character of longer classes focuses the
 * field that finds them.
 */
export function actionOf(press: KeyPress, classes: readonly string[]): KeyAction | null {
  const { key, focus } = press;
  if (press.ctrlKey || press.metaKey) return null;
  if (focus === "input" || focus === "select" || focus === "textarea") return null;
  if (press.altKey) return letterCommand(press);
  if (isCharacter(key) && classes.includes(key)) return { kind: "label", label: key };
  const pressesFocus = focus === "button" || focus === "a" || focus === "summary";
  if (key === "Enter") return pressesFocus ? null : { kind: "accept" };
  if (key === " ") return pressesFocus ? null : { kind: "clear" };
  if (key === "Backspace") return { kind: "undo" };
  if (!isCharacter(key)) return null;
  if (isBeginning(key, classes)) return { kind: "find", text: key };
  if (key === "?") return { kind: "help" };
  if (key === FIND_KEY && hasFinder(classes)) return { kind: "find", text: "" };
  return letterCommand(press);
}

/** How the page names a command's key: "h", or "Alt+h" when a class has the letter. */
export function keyName(letter: Letter, classes: readonly string[]): string {
  return isTaken(letter, classes) ? `Alt+${letter}` : letter;
}

/** Whether a class equals or starts with the character, so that it is not a command. */
export function isTaken(character: string, classes: readonly string[]): boolean {
  return classes.includes(character) || isBeginning(character, classes);
}

/** Whether some class has no key, so that there is a field that finds classes by their first characters. */
export function hasFinder(classes: readonly string[]): boolean {
  return classes.some((name) => !/^[!-~]$/.test(name));
}

/** Whether a class of several characters starts with it; the field ignores case. */
function isBeginning(character: string, classes: readonly string[]): boolean {
  const lower = character.toLowerCase();
  return classes.some((name) => !isCharacter(name) && name.toLowerCase().startsWith(lower));
}

function letterCommand({ key, code }: KeyPress): KeyAction | null {
  const pressed = key.toLowerCase();
  const letters = Object.keys(LETTER_COMMANDS) as Letter[];
  const letter = letters.find((one) => one === pressed || code === `Key${one.toUpperCase()}`);
  return letter === undefined ? null : LETTER_COMMANDS[letter];
}

/** Whether it is a single character such as "a" or "あ", and not "Enter". */
function isCharacter(text: string): boolean {
  return [...text].length === 1;
}
