/** A piece of a value: literal text, or an interpolation. */
export type Part = string | Interpolation;

/** `${...}`; the parts of what is between the braces may be interpolations again. */
export interface Interpolation {
  /** As written. */
  text: string;
  head: Part[];
  /** After the first comma; null without one. */
  fallback: Part[] | null;
}

/** Backslashes directly before `${`. */
const OPENING = /(\\*)\$\{/y;

/** Whether a value needs to be parsed: it has an interpolation, or an escaped one. */
export function hasInterpolation(text: string): boolean {
  return text.includes("${");
}

/**
 * Divides a value by the rules of OmegaConf: `\${` is a literal `${`, and `\\${` is a backslash and an interpolation.
 * @returns null when an interpolation is not closed.
 */
export function partsOf(text: string): Part[] | null {
  const reader = new Reader(text);
  const [parts] = reader.read(false);
  return parts;
}

/** Reads one text from its start to its end. */
class Reader {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * Reads to the end of the text, or inside an interpolation to its closing brace.
   * @returns the parts, null when the brace is missing; and those after the first comma.
   */
  read(isInside: boolean): [Part[] | null, Part[] | null] {
    const lists: Part[][] = [[""]];
    let depth = 0;
    while (this.#at < this.#text.length) {
      const part = this.#interpolation();
      if (part === null) return [null, null];
      const list = lists.at(-1)!;
      if (part !== undefined) {
        if (typeof part === "string") list[list.length - 1] += part;
        else list.push(part, "");
        continue;
      }
      const char = this.#text[this.#at++]!;
      if (isInside && char === "}" && depth === 0)
        return [clean(lists[0]!), lists[1] ? clean(lists[1]) : null];
      if (isInside && char === "," && depth === 0 && lists.length === 1) {
        lists.push([""]);
        continue;
      }
      if ("{[".includes(char)) depth++;
      if ("}]".includes(char)) depth--;
      list[list.length - 1] += char;
    }
    return isInside ? [null, null] : [clean(lists[0]!), null];
  }

  /** Returns what `${` starts here, with its backslashes; undefined when there is none, null when it is not closed. */
  #interpolation(): Part | null | undefined {
    OPENING.lastIndex = this.#at;
    const match = OPENING.exec(this.#text);
    if (match === null) return undefined;
    const slashes = match[1]!.length;
    if (slashes > 0) {
      // Only the backslashes now: what an even number of them precedes is read in the next turn.
      this.#at += slashes + (slashes % 2 === 1 ? 2 : 0);
      return "\\".repeat(Math.floor(slashes / 2)) + (slashes % 2 === 1 ? "${" : "");
    }
    const start = this.#at;
    this.#at += 2;
    const [head, fallback] = this.read(true);
    return head === null ? null : { text: this.#text.slice(start, this.#at), head, fallback };
  }
}

function clean(parts: Part[]): Part[] {
  return parts.filter((part) => part !== "");
}

/** Returns a value of a configuration file that is read as this text, whatever is in it. */
export function withoutInterpolation(text: string): string {
  return text.replaceAll(/(\\*)\$\{/g, (_, slashes: string) => `${slashes}${slashes}\\\${`);
}
