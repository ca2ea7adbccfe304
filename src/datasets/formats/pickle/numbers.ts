import { DatasetError } from "../../../engine/errors.ts";

/** Longer integers are rejected. */
const MAX_INTEGER_BYTES = 128;
const MAX_INTEGER_DIGITS = 300;

/** Returns a number if it can hold the value exactly, otherwise the bigint. */
function smallest(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Reads an integer in two's complement, little-endian; 0 for no bytes. @throws DatasetError above 128 bytes. */
export function integerOf(bytes: Uint8Array): number | bigint {
  if (bytes.length > MAX_INTEGER_BYTES) throw new DatasetError(`it has an integer of ${bytes.length} bytes`);
  if (bytes.length === 0) return 0;
  const hex = [...bytes].reverse().map((byte) => byte.toString(16).padStart(2, "0"));
  return smallest(BigInt.asIntN(8 * bytes.length, BigInt(`0x${hex.join("")}`)));
}

/** Reads a decimal integer, with or without Python 2's suffix `L`. Protocol 0 writes False and True as `00` and `01`. */
export function integerOfLine(line: string): number | bigint | boolean {
  if (line === "00") return false;
  if (line === "01") return true;
  const digits = line.replace(/L$/, "");
  if (!/^[+-]?\d+$/.test(digits) || digits.length > MAX_INTEGER_DIGITS) {
    throw new DatasetError(`it has a malformed integer (${JSON.stringify(line.slice(0, 40))})`);
  }
  return smallest(BigInt(digits.replace(/^\+/, "")));
}

/** Reads a decimal float, `inf`, `-inf` or `nan`. @throws DatasetError when it is malformed. */
export function floatOfLine(line: string): number {
  const words: Readonly<Record<string, number>> = {
    inf: Number.POSITIVE_INFINITY,
    "-inf": Number.NEGATIVE_INFINITY,
    nan: Number.NaN,
  };
  if (Object.hasOwn(words, line)) return words[line]!;
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(line)) return Number(line);
  throw new DatasetError(`it has a malformed number (${JSON.stringify(line.slice(0, 40))})`);
}
