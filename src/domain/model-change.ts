import type { Actor } from "./actor.ts";

/** The kinds of changes to a version, besides promotion, which the deployment log has. */
export const MODEL_CHANGES = [
  "alias_set",
  "alias_removed",
  "tag_set",
  "tag_removed",
  "note",
  "deleted",
  "pruned",
  "imported",
] as const;

/** A change to a version that is not yet stored. */
export interface NewModelChange {
  version: number;
  what: (typeof MODEL_CHANGES)[number];
  /** The alias, the tag as `key=value`, the name of the imported file, or why its files were removed. */
  detail: string;
  actor: Actor;
}

/** A stored change to a version. */
export interface ModelChange extends Omit<NewModelChange, "actor"> {
  id: number;
  /** Null when this release cannot read it. */
  actor: Actor | null;
  /** ISO 8601, UTC. */
  createdAt: string;
}
