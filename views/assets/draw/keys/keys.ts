import { classesFor, classKeys } from "./class-keys.ts";

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
  | { kind: "find"; text: string }
  /** Keys of a class that are typed so far; "" when they are given up. */
  | { kind: "type"; typed: string }
  /** No class has these keys. */
  | { kind: "mistyped"; typed: string };

/** An action that the keys of a class lead to. */
export type TypingAction = Extract<KeyAction, { kind: "label" | "type" | "mistyped" }>;

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
  /** The keys of a class that were typed before, see `classKeys`; "" by default. */
  typed?: string;
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
 * A class of one character has its own key; case matters. Others have several, see `classKeys`. Classes take precedence
 * over a command's letter: alone, it works unless a class or its keys start with it; with Alt, it always works. The first
 * character of longer classes focuses the field that finds them.
 */
export function actionOf(press: KeyPress, classes: readonly string[]): KeyAction | null {
  const { key, focus } = press;
  if (press.ctrlKey || press.metaKey) return null;
  if (focus === "input" || focus === "select" || focus === "textarea") return null;
  if (press.altKey) return letterCommand(press);
  if (isCharacter(key) && classes.includes(key)) return { kind: "label", label: key };
  const typing = typingOf(press, classes);
  if (typing !== null) return typing;
  const pressesFocus = focus === "button" || focus === "a" || focus === "summary";
  if (key === "Enter") return pressesFocus ? null : { kind: "accept" };
  if (key === " ") return pressesFocus ? null : { kind: "clear" };
  if (key === "Backspace") return { kind: "undo" };
  if (!isCharacter(key)) return null;
  if (key === "?" && !isTaken(key, classes)) return { kind: "help" };
  return findingOf(key, classes) ?? letterCommand(press);
}

/** The action of a character that begins longer classes, or focuses the field that finds them; null for others. */
export function findingOf(key: string, classes: readonly string[]): (KeyAction & { kind: "find" }) | null {
  if (isBeginning(key, classes)) return { kind: "find", text: key };
  return key === FIND_KEY && hasFinder(classes) ? { kind: "find", text: "" } : null;
}

/** How the page names a command's key: "h", or "Alt+h" when a class has the letter. */
export function keyName(letter: Letter, classes: readonly string[]): string {
  const isTyped = classesFor(letter, classKeys(classes)).length > 0;
  return isTyped || isTaken(letter, classes) ? `Alt+${letter}` : letter;
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

/** The action of a key that continues, ends or gives up the keys of a class; null when it is none of them. */
export function typingOf({ key, typed = "" }: KeyPress, classes: readonly string[]): TypingAction | null {
  if (typed !== "" && (key === "Backspace" || key === "Escape")) {
    return { kind: "type", typed: key === "Escape" ? "" : typed.slice(0, -1) };
  }
  if (!isCharacter(key) || key === " ") return null;
  const keys = classKeys(classes);
  const now = typed + key;
  const fit = classesFor(now, keys);
  const done = fit.find((name) => keys.get(name) === now);
  if (done !== undefined) return { kind: "label", label: done };
  if (fit.length > 0) return { kind: "type", typed: now };
  return typed === "" ? null : { kind: "mistyped", typed: now };
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
