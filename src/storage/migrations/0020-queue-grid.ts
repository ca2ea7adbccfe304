import type { Migration } from "../migrate.ts";

/**
 * Grid review of the pool. `grid_action` of a decision is the page of the grid that it is a part of (`sample_actions`);
 * `action_id` remains the import that the drawing came with. `queue_by_class` has the order of the grid: what a version
 * predicts as a class, the most confident first. Answers of a page have one time, so the pace of a labeller leaves them
 * out, by an index that knows them.
 */
export const queueGrid: Migration = {
  version: 20,
  name: "grid review of the pool",
  sql: `
    ALTER TABLE queue_decisions ADD COLUMN grid_action INTEGER;
    CREATE INDEX queue_decisions_by_page ON queue_decisions (grid_action, id) WHERE grid_action IS NOT NULL;
    DROP INDEX queue_decisions_by_time;
    CREATE INDEX queue_decisions_by_time ON queue_decisions (labeller, at, id, grid_action) WHERE undone_at IS NULL;
    CREATE INDEX queue_by_class ON queue_drawings (version, label, p DESC, id)
      WHERE discarded_at IS NULL AND is_none = 0;
  `,
};
