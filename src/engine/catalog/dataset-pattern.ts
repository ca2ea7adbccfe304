import { UsageError } from "../../lib/errors.ts";

const PLACEHOLDER = /\{([^{}]*)\}/g;
const NAME = /^[A-Za-z_]\w*$/;

/** Whether a name of catalog.yml is a dataset factory: `"{name}_data"`. */
export function isPattern(name: string): boolean {
  return name.includes("{") || name.includes("}");
}

/**
 * A dataset factory's name: text with placeholders, each of which stands for one letter or more.
 *
 * As in Kedro, a placeholder takes as little as it can (`{a}_{b}` reads `x_y_z` as x and y_z), and one that comes
 * twice must stand for the same text both times. Unlike Kedro's, letter case counts: it does in names of datasets.
 */
export class DatasetPattern {
  readonly text: string;
  /** Each once, in order. */
  readonly placeholders: readonly string[];
  /** Letters outside the placeholders: the more there are, the more a pattern says. */
  readonly specificity: number;
  readonly #expression: RegExp;

  /** @throws UsageError for braces that do not pair, and for a placeholder that is no name. */
  constructor(text: string) {
    const literals = text.replaceAll(PLACEHOLDER, "");
    if (/[{}]/.test(literals)) throw new UsageError(`the braces of "${text}" do not pair`);
    const names = [...text.matchAll(PLACEHOLDER)].map((match) => match[1]!);
    const bad = names.find((name) => !NAME.test(name));
    if (bad !== undefined) {
      throw new UsageError(
        `"{${bad}}" is no placeholder: it takes a name of letters, digits and underscores`,
      );
    }
    this.text = text;
    this.placeholders = [...new Set(names)];
    this.specificity = literals.length;
    this.#expression = expressionOf(text);
  }

  /** A pattern of placeholders alone: it takes every name that nothing else does. */
  get isCatchAll(): boolean {
    return this.specificity === 0;
  }

  /** What each placeholder stands for in `name`; null when the pattern does not take it. */
  match(name: string): Record<string, string> | null {
    const groups = this.#expression.exec(name)?.groups;
    return groups === undefined ? null : { ...groups };
  }
}

/**
 * Kedro's order: more letters outside the placeholders first, then more placeholders, then by the alphabet.
 * The first that takes a name is its pattern.
 */
export function byRank(a: DatasetPattern, b: DatasetPattern): number {
  if (a.specificity !== b.specificity) return b.specificity - a.specificity;
  const count = ({ text }: DatasetPattern) => text.split("{").length;
  if (count(a) !== count(b)) return count(b) - count(a);
  return a.text < b.text ? -1 : 1;
}

function expressionOf(text: string): RegExp {
  const seen = new Set<string>();
  const source = text
    .split(/(\{[^{}]*\})/)
    .map((part) => {
      if (!part.startsWith("{")) return part.replaceAll(/[.*+?^$()|[\]\\/-]/g, "\\$&");
      const name = part.slice(1, -1);
      if (seen.has(name)) return `\\k<${name}>`;
      seen.add(name);
      return `(?<${name}>.+?)`;
    })
    .join("");
  return new RegExp(`^${source}$`, "s");
}
