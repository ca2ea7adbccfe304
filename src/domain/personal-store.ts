import type { Person } from "./person.ts";

/** A labelled drawing as memory needs it. */
export interface RememberedDrawing {
  /** The sample's. */
  id: string;
  label: string;
  /** uint8 [784], ink 255 on 0. */
  pixels: Uint8Array;
  sitting: string | null;
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** A place in the history of all samples. */
export interface MemoryMark {
  /** The newest change of a sample. */
  change: number;
  /** The newest forgetting, after which changes of the forgotten are gone. */
  forgetting: number;
}

/** A sample that has changed. */
export interface ChangedDrawing {
  id: string;
  /** Null when the sample is gone. */
  person: Person | null;
  /** Null when it is gone, withdrawn or none of the classes: nobody remembers it. */
  drawing: RememberedDrawing | null;
}

/** The changes since a mark. */
export interface MemoryChanges {
  mark: MemoryMark;
  /** Every sample that has changed, once, as it is now; null when there are more than `limit`, or some were forgotten. */
  drawings: ChangedDrawing[] | null;
}

/** Whose drawings are remembered, and what has changed of them by any process. */
export interface PersonalStore {
  /** Returns the newest labelled drawings of a person, newest first; none for nobody. */
  remembered(person: Person, limit: number): Promise<RememberedDrawing[]>;
  /**
   * Returns the newest labelled drawings of some classes, by anybody: at most `perClass` of each, newest first in each.
   */
  labelled(classes: readonly string[], perClass: number): Promise<RememberedDrawing[]>;
  /** @param mark null for no changes, only the current mark. */
  changesAfter(mark: MemoryMark | null, limit: number): Promise<MemoryChanges>;
}
