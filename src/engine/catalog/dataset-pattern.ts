import { UsageError } from "../../lib/errors.ts";

const PLACEHOLDER = /\{([^{}]*)\}/g;
const NAME = /^[A-Za-z_]\w*$/;

/** Whether a name of catalog.yml is a dataset factory: `"{name}_data"`. */
export function isPattern(name: string): boolean {
  return name.includes("{") || name.includes("}");
}

/**
 * The name of a dataset factory: text with placeholders, each of which matches one or more characters.
 *
 * As in Kedro, a placeholder matches as little as possible (`{a}_{b}` splits `x_y_z` into x and y_z), and one that
 * occurs twice must match the same text both times. Unlike in Kedro, matching is case-sensitive, as dataset names are.
 */
export class DatasetPattern {
  readonly text: string;
  /** Each name once, in order of its first occurrence. */
  readonly placeholders: readonly string[];
  /** Number of characters outside the placeholders: the more there are, the more specific the pattern. */
  readonly specificity: number;
  readonly #expression: RegExp;

  /** @throws UsageError for unbalanced braces, and for a placeholder that is not a name. */
  constructor(text: string) {
    const literals = text.replaceAll(PLACEHOLDER, "");
    if (/[{}]/.test(literals)) throw new UsageError(`the braces of "${text}" are not balanced`);
    const names = [...text.matchAll(PLACEHOLDER)].map((match) => match[1]!);
    const bad = names.find((name) => !NAME.test(name));
    if (bad !== undefined) {
      throw new UsageError(
        `"{${bad}}" is not a placeholder: its name must consist of letters, digits and underscores`,
      );
    }
    this.text = text;
    this.placeholders = [...new Set(names)];
    this.specificity = literals.length;
    this.#expression = expressionOf(text);
  }

  /** Whether the pattern has only placeholders: it then matches every name that nothing else does. */
  get isCatchAll(): boolean {
    return this.specificity === 0;
  }

  /** Returns the text that each placeholder matches in `name`; null when the pattern does not match. */
  match(name: string): Record<string, string> | null {
    const groups = this.#expression.exec(name)?.groups;
    return groups === undefined ? null : { ...groups };
  }
}

/**
 * Compares patterns for sorting in Kedro's order: more characters outside the placeholders first, then more
 * placeholders, then alphabetically. The first pattern that matches a name applies.
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
