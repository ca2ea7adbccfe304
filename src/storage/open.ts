import type { Store } from "../domain/store.ts";
import type { Clock } from "../lib/clock.ts";
import { Connection } from "./connection.ts";
import { migrate } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/all.ts";
import { SqliteAccess } from "./tables/access/access.ts";
import { SqliteGrid } from "./tables/grid/grid.ts";
import { SqliteLearning } from "./tables/learning/learning.ts";
import { SqliteForgetting } from "./tables/lineage/forgetting.ts";
import { SqliteLineage } from "./tables/lineage/lineage.ts";
import { SqliteModels } from "./tables/models.ts";
import { SqliteMonitoring } from "./tables/monitoring/monitoring.ts";
import { SqliteNodeCache } from "./tables/node-cache.ts";
import { SqliteNotices } from "./tables/notices.ts";
import { opinionChecks } from "./tables/opinions/check-source.ts";
import { SqliteOpinions } from "./tables/opinions/opinions.ts";
import { SqlitePersonal } from "./tables/personal/personal.ts";
import { SqlitePredictions } from "./tables/predictions.ts";
import { SqliteQueueGrid } from "./tables/queue/grid/queue-grid.ts";
import { SqliteQueue } from "./tables/queue/queue.ts";
import { SqliteRuns } from "./tables/runs.ts";
import { SampleInserter } from "./tables/sample-insert.ts";
import { SqliteSamples } from "./tables/samples.ts";
import { SqliteScheduler } from "./tables/scheduler/scheduler.ts";
import { SqliteSheet } from "./tables/sheet/sheet.ts";
import { SqliteTrials } from "./tables/trials/trials.ts";
import { SqliteWebhooks } from "./tables/webhooks.ts";

/** Everything that a store is opened with. */
export interface StoreOptions {
  /** The database file in an existing directory, created if it is missing; or ":memory:". */
  path: string;
  clock: Clock;
  /** Share of groups whose samples are held out, in [0, 1). Known groups keep their side of the split. */
  holdoutFraction: number;
  /** How long a write waits for another process's write; 5,000 ms by default. */
  busyTimeoutMs?: number;
}

/**
 * Opens the SQLite store and updates its schema.
 *
 * @throws UnavailableError when the file cannot be opened, is damaged, belongs to another program or was created
 *   by a newer tegaki. {RangeError} when `holdoutFraction` is outside [0, 1).
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { path, clock, holdoutFraction, busyTimeoutMs } = options;
  if (!(holdoutFraction >= 0 && holdoutFraction < 1)) {
    throw new RangeError(
      `Cannot open the store ${path}: holdoutFraction must be in [0, 1), found ${holdoutFraction}`,
    );
  }
  const connection = Connection.open(path, busyTimeoutMs);
  try {
    migrate(connection, MIGRATIONS, clock);
  } catch (error) {
    connection.close();
    throw error;
  }
  return storeOn(connection, clock, holdoutFraction);
}

function storeOn(connection: Connection, clock: Clock, holdoutFraction: number): Store {
  const predictions = new SqlitePredictions(connection);
  const inserter = new SampleInserter(clock, holdoutFraction);
  return {
    samples: new SqliteSamples(connection, clock, inserter),
    sheet: new SqliteSheet(connection, clock),
    grid: new SqliteGrid(connection, clock),
    queue: new SqliteQueue(connection, clock, inserter, opinionChecks),
    queueGrid: new SqliteQueueGrid(connection, clock, inserter, opinionChecks),
    opinions: new SqliteOpinions(connection),
    predictions,
    runs: new SqliteRuns(connection, clock),
    nodeCache: new SqliteNodeCache(connection, clock),
    models: new SqliteModels(connection, clock),
    lineage: new SqliteLineage(connection),
    forgetting: new SqliteForgetting(connection, clock),
    scheduler: new SqliteScheduler(connection, clock),
    webhooks: new SqliteWebhooks(connection),
    trials: new SqliteTrials(connection, clock),
    notices: new SqliteNotices(connection, clock),
    personal: new SqlitePersonal(connection),
    monitoring: new SqliteMonitoring(connection, clock),
    learning: new SqliteLearning(connection),
    access: new SqliteAccess(connection, clock),
    async checkWritable() {
      await connection.prove("write to the store", (database, bytes) =>
        database
          .query(
            "INSERT INTO health (id, checked_at) VALUES (1, $value) ON CONFLICT (id) DO UPDATE SET checked_at = $value",
          )
          .run({ value: clock.now().toISOString().padEnd(bytes) }),
      );
    },
    async close() {
      try {
        await predictions.flush();
      } finally {
        connection.close();
      }
    },
  };
}
