import type { Actor } from "../../../domain/actor.ts";
import type {
  GridCount,
  GridDecisions,
  GridItem,
  GridResult,
  GridStore,
} from "../../../domain/samples/grid/grid-store.ts";
import { GRID_PAGE } from "../../../domain/samples/grid/grid-store.ts";
import type { Clock } from "../../../lib/clock.ts";
import { InputError } from "../../../lib/errors.ts";
import type { Connection } from "../../connection.ts";
import { addAction, findAction } from "../sheet/actions.ts";
import { decidePage, requireFewOnce } from "./decide.ts";
import { gridCounts, gridPage } from "./grid-list.ts";

/** Grid review of the table `samples`. */
export class SqliteGrid implements GridStore {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  async page(label: string, limit: number): Promise<GridItem[]> {
    if (!Number.isInteger(limit) || limit < 1 || limit > GRID_PAGE)
      throw new InputError(`limit: expected 1 to ${GRID_PAGE}, found ${limit}`);
    return this.#connection.read("read the grid", (database) => gridPage(database, label, limit));
  }

  async counts(): Promise<GridCount[]> {
    return this.#connection.read("count the labels", gridCounts);
  }

  async decide(decisions: GridDecisions, actor: Actor): Promise<GridResult> {
    requireFewOnce("samples", [...decisions.confirm, ...decisions.odd.map(({ id }) => id)]);
    const now = this.#clock.now().toISOString();
    return this.#connection.write("store the decisions", (database) => {
      const action = addAction(database, { kind: "grid", label: decisions.label, at: now, actor });
      const result = decidePage(database, decisions, { action, actor, now });
      if (result.changed > 0) result.action = findAction(database, action);
      return result;
    });
  }
}
