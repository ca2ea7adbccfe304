export type KeyAction =
  | { kind: "label"; label: string }
  /** The drawing is none of the classes. */
  | { kind: "none" }
  | { kind: "accept" }
  | { kind: "undo" }
  | { kind: "clear" }
  | { kind: "help" }
  | { kind: "explain" }
  /** Goes to the field that finds a label, with what was typed already. */
  | { kind: "find"; text: string };

/** The part of a KeyboardEvent that decides. */
export interface KeyPress {
  key: string;
  /** Where the key is, as "KeyH": with Alt some systems give another `key`. */
  code?: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** Tag name and type of what has the focus, lower-case, e.g. "button", "input". */
  focus: string;
}

/** Commands that are on a letter. */
export const LETTER_COMMANDS = {
  h: { kind: "help" },
  x: { kind: "none" },
  v: { kind: "explain" },
} as const satisfies Record<string, KeyAction>;

type Letter = keyof typeof LETTER_COMMANDS;
/** Goes to the field that finds a label. */
const FIND_KEY = "/";

/**
 * What a key means on the Draw page, or null to leave it to the browser: with a modifier, while typing into
 * a field, and for Enter and Space on something that they press.
 *
 * A class of one character is its own key, upper and lower case apart. A command's letter yields to the classes:
 * alone it works as long as no class begins with it, with Alt it always does. The first character of longer classes
 * leads to the field that finds them.
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

/** Whether a character is a class or begins one, so that it is no command. */
export function isTaken(character: string, classes: readonly string[]): boolean {
  return classes.includes(character) || isBeginning(character, classes);
}

/** Whether some class is on no key: then there is a field that finds classes by their first characters. */
export function hasFinder(classes: readonly string[]): boolean {
  return classes.some((name) => !/^[!-~]$/.test(name));
}

/** Of a class of several characters; upper and lower case are alike in the field. */
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

/** "a" or "あ", and not "Enter". */
function isCharacter(text: string): boolean {
  return [...text].length === 1;
}
