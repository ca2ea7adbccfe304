import { DatasetError } from "../../../engine/errors.ts";

/** Decodes Python's raw-unicode-escape (`\uXXXX`, `\UXXXXXXXX`), in which protocol 0 writes strings. */
export function rawUnicodeOf(line: string): string {
  return line.replaceAll(
    /\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g,
    (whole, short?: string, long?: string) => {
      const code = Number.parseInt(short ?? long!, 16);
      return code > 0x10ffff ? whole : String.fromCodePoint(code);
    },
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  n: "\n",
  r: "\r",
  t: "\t",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
};

/** Decodes a quoted string as Python 2 prints it: a byte string of protocol 0, one character per byte. */
export function quotedTextOf(line: string): string {
  const quote = line[0];
  if (line.length < 2 || (quote !== "'" && quote !== '"') || line.at(-1) !== quote) {
    throw new DatasetError("it has a string without quotes");
  }
  return line
    .slice(1, -1)
    .replaceAll(/\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|(.))/g, (whole, hex, octal, letter) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      return ESCAPES[letter as string] ?? whole;
    });
}
