import { identityKey } from "../../domain/samples/drawing-identity.ts";
import {
  agrees,
  type GivenLabel,
  givenLabel,
  type ImportConflict,
  type ImportSample,
} from "../../domain/samples/sample-import.ts";

/** Finds the conflicts between the rows of one file. It remembers a key and a label for each drawing, and no ink. */
export class FileConflicts {
  readonly #labels = new Map<string, GivenLabel>();
  readonly #idOwners = new Map<string, string>();

  /** Returns the conflict of a row with an earlier one, or null. */
  add(row: ImportSample): ImportConflict | null {
    const key = identityKey(row);
    const given = givenLabel(row);
    const earlier = this.#labels.get(key);
    if (earlier !== undefined)
      return agrees(earlier, row) ? null : { reason: "label", stored: earlier, given };
    const { id } = row;
    const owner = id === undefined ? undefined : this.#idOwners.get(id);
    if (owner !== undefined) return { reason: "id", stored: this.#labels.get(owner) ?? given, given };
    this.#labels.set(key, given);
    if (id !== undefined) this.#idOwners.set(id, key);
    return null;
  }
}
