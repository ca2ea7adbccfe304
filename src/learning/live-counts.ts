import { CHAMPION } from "../domain/deployment.ts";
import type { EvaluatedVersion } from "../domain/learning/learning-store.ts";
import { APP_HOLDOUT } from "../domain/metrics.ts";
import type { LabelCell } from "../domain/monitoring/monitor-store.ts";
import { type BucketRange, bucketBefore, bucketOf } from "../domain/monitoring/windows.ts";
import type { Store } from "../domain/store.ts";
import type { NeedCount } from "./needs/rank-needs.ts";

/** Days for which hours are counted one by one: fewer than `monitoring.keep_hours`. */
const HOURS_FOR_DAYS = 7;

/** Since when a version is live: the newest deployment, when it is of this version; null for all time. */
export async function liveSince({ models }: Pick<Store, "models">, version: number): Promise<string | null> {
  const [newest] = await models.deployments({ alias: CHAMPION, limit: 1 });
  return newest?.version === version ? newest.createdAt : null;
}

/**
 * The buckets of monitoring since a time: from the hour in which it is, or, once hours are no longer kept, from its day.
 * Labels of the same hour or day are thus counted, too, although another version may have predicted the drawings.
 */
export function rangeSince(since: string | null, now: Date): BucketRange {
  if (since === null) return { span: "all", start: "" };
  const isRecent = bucketOf("day", since) >= bucketBefore("day", now, HOURS_FOR_DAYS);
  const span = isRecent ? "hour" : "day";
  return { span, start: bucketOf(span, since) };
}

/**
 * Drawings that a version has not been trained on, by class, and its mistakes among them: those held out when it was
 * made, and those it predicted since it is live. Both were drawn by people; the latter are those they chose to label.
 *
 * @param own the version's own evaluation; undefined when the gate has none of it.
 */
export function classCounts(
  version: number,
  cells: readonly LabelCell[],
  own: EvaluatedVersion | undefined,
): NeedCount[] {
  const counts = new Map<string, NeedCount>();
  const add = (key: string, n: number, wrong: number) => {
    const one = counts.get(key) ?? { key, n: 0, wrong: 0 };
    counts.set(key, { key, n: one.n + n, wrong: one.wrong + wrong });
  };
  for (const { modelVersion, label, predicted, n } of cells)
    if (modelVersion === version) add(label, n, label === predicted ? 0 : n);
  const heldOut = own?.gate.evidence?.find(({ set, n }) => set === APP_HOLDOUT && n > 0);
  for (const { label, n, candidate } of heldOut?.classes ?? []) add(label, n, n - Math.round(candidate * n));
  return [...counts.values()];
}
