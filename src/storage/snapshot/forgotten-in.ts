import { existsSync } from "node:fs";
import type { ForgottenDrawing } from "../../domain/lineage/forgetting.ts";
import { allForgotten } from "../tables/lineage/forgotten-drawings.ts";
import { withStore } from "./snapshot.ts";

/**
 * Returns the forgotten drawings of a store, without opening it for writing; none when there is no store, or one of a
 * release that could not forget.
 * @throws UnavailableError when the store cannot be read.
 */
export function forgottenIn(path: string): ForgottenDrawing[] {
  if (!existsSync(path)) return [];
  return withStore(path, "read the forgotten drawings", (database) => {
    const has = database.query("SELECT 1 FROM sqlite_schema WHERE name = 'forgotten_drawings'").get();
    return has === null ? [] : allForgotten(database);
  });
}
