import type { Database } from "bun:sqlite";
import type { CheckSource } from "../../../../domain/queue/check-source.ts";
import type {
  QueueGridCounts,
  QueueGridDecisions,
  QueueGridPage,
  QueueGridQuery,
  QueueGridResult,
  QueueGridStore,
} from "../../../../domain/queue/queue-grid.ts";
import type { AnswerBy } from "../../../../domain/queue/queue-store.ts";
import { GRID_PAGE } from "../../../../domain/samples/grid/grid-store.ts";
import type { Clock } from "../../../../lib/clock.ts";
import { InputError } from "../../../../lib/errors.ts";
import type { Connection } from "../../../connection.ts";
import { requireFewOnce } from "../../grid/decide.ts";
import type { SampleInserter } from "../../sample-insert.ts";
import { addAction, findAction } from "../../sheet/actions.ts";
import { imagesOf } from "../ranking.ts";
import { countClasses, extendLeases, leaseClass } from "./class-page.ts";
import { decidePool } from "./decide-page.ts";

/** Grid review of the table `queue_drawings`. */
export class SqliteQueueGrid implements QueueGridStore {
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #inserter: SampleInserter;
  readonly #checks: CheckSource<Database>;

  constructor(connection: Connection, clock: Clock, inserter: SampleInserter, checks: CheckSource<Database>) {
    this.#connection = connection;
    this.#clock = clock;
    this.#inserter = inserter;
    this.#checks = checks;
  }

  async lease(query: QueueGridQuery): Promise<QueueGridPage> {
    const { limit } = query;
    if (!Number.isInteger(limit) || limit < 1 || limit > GRID_PAGE)
      throw new InputError(`limit: expected 1 to ${GRID_PAGE}, found ${limit}`);
    const nowMs = this.#clock.now().getTime();
    return this.#connection.writeWithoutSync("find drawings of a class", (database) =>
      leaseClass(database, query, nowMs),
    );
  }

  async counts(live: number): Promise<QueueGridCounts> {
    return this.#connection.read("count the drawings", (database) => countClasses(database, live));
  }

  async renew(labeller: string, ids: readonly string[], leaseMs: number): Promise<void> {
    const expiresMs = this.#clock.now().getTime() + leaseMs;
    await this.#connection.writeWithoutSync("keep drawings", (database) =>
      extendLeases(database, labeller, ids, expiresMs),
    );
  }

  async release(labeller: string, ids: readonly string[]): Promise<void> {
    await this.#connection.writeWithoutSync("release drawings", (database) =>
      extendLeases(database, labeller, ids, 0),
    );
  }

  async decide(decisions: QueueGridDecisions, by: AnswerBy): Promise<QueueGridResult> {
    requireFewOnce("drawings", [...decisions.accept, ...decisions.odd.map(({ id }) => id)]);
    const now = this.#clock.now();
    const { label } = decisions;
    return this.#connection.write("store the answers", (database) => {
      const gridAction = addAction(database, {
        ...{ kind: "grid", label, at: now.toISOString(), actor: by.actor },
      });
      const deciding = { inserter: this.#inserter, checks: this.#checks, now, gridAction };
      const result = decidePool(database, decisions, by, deciding);
      if (result.changed > 0) result.action = findAction(database, gridAction);
      return result;
    });
  }

  async images(ids: readonly string[]): Promise<(Uint8Array | null)[]> {
    const found = this.#connection.read("read the images", (database) => imagesOf(database, ids));
    const byId = new Map(found.map(({ id, pixels }) => [id, pixels]));
    return ids.map((id) => byId.get(id) ?? null);
  }
}
