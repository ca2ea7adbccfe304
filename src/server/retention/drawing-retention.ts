import { SCHEDULE } from "../../domain/actor.ts";
import type { Forgetter } from "../../domain/lineage/forgetting.ts";
import type { ForgettingStore } from "../../domain/lineage/lineage-store.ts";
import { retentionLimit } from "../../domain/lineage/retention-limit.ts";
import type { Clock } from "../../lib/clock.ts";
import { ConflictError } from "../../lib/errors.ts";
import type { Log } from "../../lib/log.ts";

/** Everything that the retention of drawings needs. */
export interface DrawingRetentionDeps {
  forgetter: Pick<Forgetter, "preview" | "forget">;
  store: Pick<ForgettingStore, "unfinished">;
  /** Age in days at which drawings are deleted; null for never. It may change between two turns. */
  days(): number | null;
  clock: Clock;
  log: Log;
}

/** Deletes old drawings. */
export interface DrawingRetention {
  /** One step; must not be called again before it resolves. */
  turn(): Promise<void>;
}

/**
 * Creates the deletion of old drawings, as if their writers were forgotten. A turn does nothing when there is none, and
 * leaves them for the next turn while a run, which may hold them, is running.
 */
export function createDrawingRetention(deps: DrawingRetentionDeps): DrawingRetention {
  const { forgetter, store, clock, log } = deps;
  return {
    async turn() {
      const days = deps.days();
      if (days === null) return;
      const before = retentionLimit(clock.now(), days).toISOString();
      const { drawings } = await forgetter.preview({ before });
      // What a turn has left that a run interrupted is finished, also when no drawing is left.
      if (drawings === 0 && (await store.unfinished()) === null) return;
      try {
        await forgetter.forget({ before }, SCHEDULE);
        log.info(`drawings from before ${before} were deleted`, { count: drawings });
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        log.debug("old drawings are deleted once no run is running", { count: drawings });
      }
    },
  };
}
