import type { Person } from "../../../domain/person.ts";
import type {
  MemoryChanges,
  MemoryMark,
  PersonalStore,
  RememberedDrawing,
} from "../../../domain/personal-store.ts";
import type { Connection } from "../../connection.ts";
import { changedDrawing, changedIds, labelledDrawings, markOf, rememberedDrawings } from "./remembered.ts";

/** The drawings of the table `samples` that a person has labelled. */
export class SqlitePersonal implements PersonalStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async remembered(person: Person, limit: number): Promise<RememberedDrawing[]> {
    return this.#connection.read("read a person's drawings", (database) =>
      rememberedDrawings(database, person, limit),
    );
  }

  async labelled(classes: readonly string[], perClass: number): Promise<RememberedDrawing[]> {
    return this.#connection.read("read the labelled drawings", (database) =>
      classes.flatMap((label) => labelledDrawings(database, label, perClass)),
    );
  }

  async changesAfter(mark: MemoryMark | null, limit: number): Promise<MemoryChanges> {
    return this.#connection.read("read the changes of samples", (database) => {
      const now = markOf(database);
      if (mark === null) return { mark: now, drawings: [] };
      if (now.forgetting !== mark.forgetting) return { mark: now, drawings: null };
      if (now.change === mark.change) return { mark: now, drawings: [] };
      const ids = changedIds(database, mark.change, limit + 1);
      if (ids.length > limit) return { mark: now, drawings: null };
      return { mark: now, drawings: ids.map((id) => changedDrawing(database, id)) };
    });
  }
}
