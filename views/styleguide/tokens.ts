/** The kinds of tokens, in the order of the style guide. */
export const TOKEN_KINDS = ["colour", "font", "text", "space", "shape", "motion", "picture"] as const;

/** A kind of tokens. */
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** A custom property of the stylesheet. */
export interface StyleToken {
  /** Without the two dashes. */
  name: string;
  kind: TokenKind;
  /** As the stylesheet has it. */
  value: string;
  /** The colour in each scheme; null for what is not a colour, or not one as `#rrggbb`. */
  colours: { light: string; dark: string } | null;
}

/** Kinds by the beginning of a name; a colour is known by its value. */
const KINDS: readonly [RegExp, TokenKind][] = [
  [/^(?:sans|serif|mono)$/, "font"],
  [/^text-/, "text"],
  [/^space-/, "space"],
  [/^(?:radius|tap)$/, "shape"],
  [/^quick$/, "motion"],
  [/^picture-/, "picture"],
];

/**
 * Reads the tokens from the stylesheet itself: each custom property of its first rule for `:root`.
 * @throws {Error} when there is no such rule, or a token is of no known kind.
 */
export function styleTokens(css: string): StyleToken[] {
  const root = /:root\s*\{([^}]*)\}/.exec(css.replaceAll(/\/\*[\s\S]*?\*\//g, ""))?.[1];
  if (root === undefined) throw new Error("The stylesheet has no rule for :root, which has the tokens");
  return [...root.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, raw]) => {
    const value = raw!.replaceAll(/\s+/g, " ").trim();
    const [, light, dark] = /^light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)$/.exec(value) ?? [];
    return {
      ...{ name: name!, kind: kindOf(name!, value), value },
      colours: light === undefined ? null : { light, dark: dark! },
    };
  });
}

function kindOf(name: string, value: string): TokenKind {
  if (value.startsWith("light-dark(")) return "colour";
  const kind = KINDS.find(([pattern]) => pattern.test(name))?.[1];
  if (kind === undefined) {
    throw new Error(
      `The style guide does not know what kind of token --${name} is. Add it to KINDS in tokens.ts`,
    );
  }
  return kind;
}
