import type { GridSource } from "../../../../../views/fragments/grid/grid-path.ts";
import type { GridPageProps } from "../../../../../views/pages/grid.tsx";
import type { QueueGridCounts } from "../../../../domain/queue/queue-grid.ts";
import { GRID_PAGE } from "../../../../domain/samples/grid/grid-store.ts";
import { requireClass } from "../../../api/label.ts";
import type { AppDeps } from "../../../deps.ts";
import { spriteStyleUrl, spriteUrl } from "../../samples/sprite.ts";
import { saidOf } from "./grid-query.ts";
import { poolSpriteUrls } from "./pool-sprite.ts";

type Deps = Pick<AppDeps, "store" | "classes" | "scoring" | "labelling">;
type Query = Partial<Record<string, string>>;
type Props = GridPageProps["grid"];

/** The props of the grid. @param labeller who gets drawings without a label; null for stored labels. */
export async function gridProps(deps: Deps, query: Query, labeller: string | null): Promise<Props> {
  const { store, classes, scoring } = deps;
  const { live } = scoring.versions();
  const counts = (await store.grid.counts()).filter(({ label }) => classes.includes(label));
  const pool = live === null ? { classes: [], none: 0 } : await store.queueGrid.counts(live);
  pool.classes = pool.classes.filter(({ label }) => classes.includes(label));
  const unconfirmed = counts.map((one) => ({ label: one.label, n: one.unconfirmed }));
  const { unlabelled } = await store.queue.counts();
  const sources: Record<GridSource, number> = { labels: total(unconfirmed), unlabelled };
  const label = chosen(classes, query.label, labeller === null ? unconfirmed : pool.classes);
  const common = { classes, sources, label, said: saidOf(query), isUndone: query.again === "1" };
  if (labeller !== null) {
    const shown = await poolOf(deps, { label, labeller, live, unlabelled, counts: pool });
    const ids = shown.items.map(({ id }) => id);
    return { ...common, shown, sprite: ids.length === 0 ? null : poolSpriteUrls(ids) };
  }
  const items = label === null ? [] : await store.grid.page(label, GRID_PAGE);
  const ids = items.map(({ id }) => id);
  return {
    ...common,
    shown: { source: "labels", counts, items },
    sprite: ids.length === 0 ? null : { image: spriteUrl(ids), style: spriteStyleUrl(ids) },
  };
}

async function poolOf(
  { store, labelling }: Deps,
  asked: {
    label: string | null;
    labeller: string;
    live: number | null;
    unlabelled: number;
    counts: QueueGridCounts;
  },
) {
  const { label, labeller, live, unlabelled, counts } = asked;
  const { leaseMs } = labelling();
  const page =
    label === null || live === null
      ? { items: [], leased: 0, left: 0 }
      : await store.queueGrid.lease({ label, labeller, live, limit: GRID_PAGE, leaseMs });
  return { source: "unlabelled" as const, labeller, version: live, unlabelled, counts, ...page };
}

/** The class that is requested, else that with the most drawings: there the grid saves the most time. */
function chosen(
  classes: readonly string[],
  asked: string | undefined,
  counts: readonly { label: string; n: number }[],
): string | null {
  if (asked !== undefined && asked !== "") {
    requireClass(classes, asked);
    return asked;
  }
  const most = counts.toSorted((a, b) => b.n - a.n)[0];
  return most === undefined || most.n === 0 ? null : most.label;
}

function total(counts: readonly { n: number }[]): number {
  return counts.reduce((sum, { n }) => sum + n, 0);
}
