const KEY = "tegaki.writer";
/** Maximum length of a name, as on the server. */
const MAX_LENGTH = 100;

/** The part of the field for the name that is used. Its `defaultValue` is the name by which the server knows the reader. */
type NameField = Pick<HTMLInputElement, "value" | "defaultValue" | "readOnly" | "addEventListener">;

/**
 * Remembers who is writing in this browser: for each account on its own, and for those without one. The name of someone who
 * came with a name alone is fixed.
 * @param storage null where the browser does not provide it; a name then lasts as long as the page.
 * @returns a function that reads the name; "" for an anonymous writer.
 */
export function connectWriter(
  input: NameField,
  storage: Pick<Storage, "getItem" | "setItem"> | null,
): () => string {
  const [known, isFixed] = [input.defaultValue, input.readOnly];
  if (isFixed) return () => known;
  input.value = writerOf(storage, known, isFixed);
  input.addEventListener("input", () => write(storage, keyOf(known), nameIn(input)));
  return () => nameIn(input);
}

/**
 * Who is writing in this browser, without a field.
 * @param known the name by which the server knows the reader; "" for none. @param isFixed whether it is the only one.
 */
export function writerOf(storage: Pick<Storage, "getItem"> | null, known: string, isFixed: boolean): string {
  return isFixed ? known : (read(storage, keyOf(known)) ?? known);
}

function keyOf(known: string): string {
  return known === "" ? KEY : `${KEY}.${known}`;
}

function nameIn(input: NameField): string {
  return input.value.trim().slice(0, MAX_LENGTH);
}

function read(storage: Pick<Storage, "getItem"> | null, key: string): string | null {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** Stores the name; where the browser stores nothing, it lasts as long as the page. */
function write(storage: Pick<Storage, "setItem"> | null, key: string, name: string): void {
  try {
    storage?.setItem(key, name);
  } catch {
    return;
  }
}
