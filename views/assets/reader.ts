/** By which name the server knows the reader of a page; null on a machine without accounts, and for visitors. */
export type Reader = { readonly kind: string; readonly name: string } | null;

/** Of one reader who is not here, how many entries wait in this browser. */
export interface Waiting {
  by: Reader;
  n: number;
}

/** The reader, as the page says it. @param body the page's, with `data-reader` and `data-reader-kind`. */
export function readerOf({ dataset }: Pick<HTMLElement, "dataset">): Reader {
  const { reader: name, readerKind: kind } = dataset;
  return name === undefined || kind === undefined ? null : { kind, name };
}

/** The reader that an entry names; null when it names none, as those of older pages do. */
export function readerIn(value: object): Reader {
  const { by } = value as { by?: { kind?: unknown; name?: unknown } | null };
  if (typeof by !== "object" || by === null) return null;
  return { kind: String(by.kind), name: String(by.name) };
}

/** A string that differs for each two readers; "" for null. */
export function readerKey(reader: Reader): string {
  return reader === null ? "" : `${reader.kind}:${encodeURIComponent(reader.name)}`;
}

const KEY = "tegaki.reader";

/**
 * Notes who reads in this browser from now on: other pages that are still open learn of it. A storage that is full names
 * nobody, rather than who was here before.
 */
export function noteReader(reader: Reader, storage: Pick<Storage, "setItem" | "removeItem"> | null): void {
  try {
    storage?.setItem(KEY, readerKey(reader));
  } catch {
    storage?.removeItem(KEY);
  }
}

/**
 * Whether the reader of a page is still who reads in this browser: a page that was opened before somebody else logged in
 * would send under their name.
 */
export function isHere(reader: Reader, storage: Pick<Storage, "getItem"> | null): boolean {
  try {
    const noted = storage?.getItem(KEY) ?? null;
    return noted === null || noted === readerKey(reader);
  } catch {
    return true;
  }
}
