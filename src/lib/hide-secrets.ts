/** Replaces in the log what must not be there. */
export const HIDDEN = "[hidden]";

/** In characters. A longer string helps nobody to find a cause, and could be a whole body. */
const MAX_LENGTH = 1_000;
/** The rest is cut off before anything is searched. */
const MAX_SEARCHED = 256 * 1024;
/** A shorter string is hidden only where it is a whole word: "Ann" is not hidden in "Annotation". */
const WORD_LENGTH = 8;

/**
 * Patterns of drawings and secrets, whoever put them into a message, each with its replacement. Their time is
 * proportional to the length of the string: repetitions that could begin anywhere are bounded.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // Points: lists in a list. A shape such as [128,28,28,1] is no such thing.
  [/\[\s*\[[\d\s.,+\-eE[\]]*/g, HIDDEN],
  // Points as objects.
  [/\{[^{}]*\b[xy]["']?\s*:\s*-?[\d.][^{}]*\}?/g, HIDDEN],
  // Pixels.
  [/-?[\d.]{1,24}(?:\s{0,4},\s{0,4}-?[\d.]{1,24}){7,}/g, HIDDEN],
  // Pictures.
  [/\bdata:[\w/+.-]{1,60};base64,[\w+/=-]*/g, HIDDEN],
  [/\biVBORw0KGgo[\w+/=-]*/g, HIDDEN],
  // Tokens.
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, HIDDEN],
  [/\b(authorization|cookie)["']?\s*[:=].*/gi, `$1: ${HIDDEN}`],
  [/\b(bearer)\s+[^\s"',;]+/gi, `$1 ${HIDDEN}`],
  [/\b(basic)\s+(?=[a-z+/]{0,500}[\d=])[\w+/]+=*/gi, `$1 ${HIDDEN}`],
  [
    /((?:token|secret|passw(?:or)?d|credentials?|api[_-]?key|access[_-]?key)\w{0,20}["']?\s{0,4}[:=]\s{0,4}["']?)[^\s"',;&]+/gi,
    `$1${HIDDEN}`,
  ],
  // User and password of an address; a query behind a path or an address.
  [/\/\/[^\s/@]{1,500}@/g, `//${HIDDEN}@`],
  [/(?<=[\w/.~%-])\?[^\s"'<>?]+/g, `?${HIDDEN}`],
];

/**
 * Returns a string that is safe to log: without drawings, secrets and query strings, on one line, at most 1,000
 * characters long. Control characters, line separators and marks that change the direction of writing are escaped,
 * so no value can look like another line.
 *
 * @param hidden strings that it must not contain, whatever they look like.
 */
export function safeText(text: string, hidden: readonly string[] = []): string {
  let safe = hideTexts(text.slice(0, MAX_SEARCHED), hidden);
  for (const [pattern, replacement] of PATTERNS) safe = safe.replace(pattern, replacement);
  safe = escapeControls(safe.slice(0, 2 * MAX_LENGTH));
  return safe.length <= MAX_LENGTH ? safe : `${safe.slice(0, MAX_LENGTH)}…`;
}

function hideTexts(text: string, hidden: readonly string[]): string {
  const found = hidden.filter((one) => isTelling(one) && text.includes(one));
  // The longest first: a shorter one may be part of it.
  found.sort((a, b) => b.length - a.length);
  return found.reduce(hideText, text);
}

/** Whether the string can identify somebody: a single ASCII letter or digit is a label or a flag, a single 林 a name. */
function isTelling(text: string): boolean {
  return text.length > 1 || /[^\p{ASCII}]/u.test(text);
}

function hideText(text: string, secret: string): string {
  // Only ASCII words are matched as whole words: not every script has spaces between words.
  if (secret.length >= WORD_LENGTH || !/^\w+$/.test(secret)) return text.replaceAll(secret, HIDDEN);
  return text.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}_])${secret}(?![\\p{L}\\p{N}_])`, "gu"), HIDDEN);
}

const SHORT_ESCAPES: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Everything that Unicode counts as a control, a format character, a line separator or half of a pair. */
function escapeControls(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (char) => {
    const code = char.codePointAt(0)!.toString(16).padStart(4, "0");
    return SHORT_ESCAPES[char] ?? `\\u${code.length > 4 ? `{${code}}` : code}`;
  });
}
