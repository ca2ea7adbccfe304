import { randomId } from "../draw/random-id.ts";

const KEY = "tegaki.labeller";
/** Characters of a labeller's name, at most, on the server. */
const MAX_LENGTH = 64;

/** The environment of the labeller. */
export interface LabellerParts {
  /** localStorage; null where the browser does not provide it. */
  storage: Pick<Storage, "getItem" | "setItem"> | null;
  /** The name in the field; "" for none. */
  name(): string;
}

/** Who labels: the name that was typed, else a random id of this browser. */
export class Labeller {
  readonly #name: () => string;
  readonly #anonymous: string;

  constructor({ storage, name }: LabellerParts) {
    this.#name = name;
    this.#anonymous = anonymousOf(storage);
  }

  /** 1 to 64 characters. */
  get current(): string {
    return [...this.#name()].slice(0, MAX_LENGTH).join("").trim() || this.#anonymous;
  }
}

/** Where the browser stores nothing, the id lasts as long as the page. */
function anonymousOf(storage: LabellerParts["storage"]): string {
  const fresh = `anon-${randomId()}`;
  try {
    const stored = storage?.getItem(KEY) ?? null;
    if (stored?.startsWith("anon-")) return stored;
    storage?.setItem(KEY, fresh);
  } catch {
    return fresh;
  }
  return fresh;
}
