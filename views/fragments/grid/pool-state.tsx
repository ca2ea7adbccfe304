/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { QueueGridCounts, QueueGridItem } from "../../../src/domain/queue/queue-grid.ts";
import type { Text } from "../../i18n/text.ts";
import { gridPath } from "./grid-path.ts";

/** The pool as the grid shows it. */
export interface PoolGrid {
  source: "unlabelled";
  /** To whom the drawings belong. */
  labeller: string;
  /** The live model; null when there is none. */
  version: number | null;
  /** All drawings without a label. */
  unlabelled: number;
  counts: QueueGridCounts;
  items: readonly QueueGridItem[];
  /** Drawings of the class that others have, and that this labeller has left. */
  leased: number;
  left: number;
}

interface PoolStateProps {
  text: Text;
  pool: PoolGrid;
  classes: readonly string[];
  /** Null when the live model predicts no drawing as any class. */
  label: string | null;
}

/** The drawings that the live model has scored, and those that the grid leaves out. */
export function PoolState({ text: { t, number }, pool }: Pick<PoolStateProps, "text" | "pool">) {
  const { version, unlabelled, counts } = pool;
  if (version === null) return null;
  return (
    <p class="grid-pool">
      {t("grid.pool.scored", { n: number(scoredIn(counts)), total: number(unlabelled), version })}
      {counts.none === 0 ? null : (
        <span class="soft"> {t("grid.pool.noneLeftOut", { n: number(counts.none) })}</span>
      )}
    </p>
  );
}

/** No drawings to show: why, and where to continue. */
export function PoolEnd({ text, pool, classes, label }: PoolStateProps) {
  const { t, number } = text;
  const next = classes.find(
    (name) => name !== label && pool.counts.classes.some((one) => one.label === name && one.n > 0),
  );
  return (
    <section class="sheet stack">
      <h2>{t(titleOf(pool, label), { label: label ?? "" })}</h2>
      {pool.leased === 0 ? null : <p>{t("grid.pool.leased", { n: number(pool.leased) })}</p>}
      {pool.left === 0 ? null : <p>{t("grid.pool.leftBefore", { n: number(pool.left) })}</p>}
      <p class="page-acts">
        {next === undefined ? null : (
          <a class="button button-main" href={gridPath(next, null, "unlabelled")}>
            {t("grid.pool.next", { label: next })}
          </a>
        )}
        {pool.unlabelled === 0 ? (
          <a class="button" href="/samples">
            {t("grid.pool.import")}
          </a>
        ) : (
          <a class="button" href="/label/unlabelled">
            {t("grid.pool.oneByOne")}
          </a>
        )}
      </p>
    </section>
  );
}

function titleOf({ version, unlabelled, counts, leased, left }: PoolGrid, label: string | null) {
  if (unlabelled === 0) return "grid.pool.empty" as const;
  if (version === null) return "grid.pool.noModel" as const;
  if (scoredIn(counts) === 0) return "grid.pool.notScored" as const;
  if (label === null) return "grid.pool.onlyNone" as const;
  return leased + left > 0 ? ("grid.pool.classTaken" as const) : ("grid.pool.classEmpty" as const);
}

function scoredIn({ classes, none }: QueueGridCounts): number {
  return classes.reduce((sum, { n }) => sum + n, none);
}
