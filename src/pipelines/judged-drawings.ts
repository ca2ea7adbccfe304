import type { ImageSet } from "../domain/image-set.ts";
import type { AppData } from "./de/app-data.ts";
import { join, take } from "./image-sets.ts";

/** Drawings to train on with their groups, and those to judge with. */
export interface Judged {
  train: ImageSet;
  groups: Uint32Array;
  holdout: ImageSet;
}

/**
 * Where MNIST cannot judge, drawings must: as long as fewer than `enough` are held out, one in 1/fraction of each
 * class of those to train on is judged with and not trained on, in the order in which they came. So a drawing stays
 * on its side while others come in, and a writer who is alone has a gate as well.
 *
 * @param fraction of the drawings to judge with, in [0, 1); 0 for none.
 */
export function judgedDrawings(app: AppData, fraction: number, enough: number): Judged {
  const { train, holdout } = app;
  const groups = groupsOf(app);
  if (fraction === 0 || holdout.labels.length >= enough) return { train, groups, holdout };
  const every = Math.max(2, Math.round(1 / fraction));
  const seen = new Map<number, number>();
  const isJudged = Array.from(train.labels, (label) => {
    const before = seen.get(label) ?? 0;
    seen.set(label, before + 1);
    return before % every === every - 1;
  });
  const indices = (side: boolean) =>
    Uint32Array.from(train.labels.keys()).filter((i) => isJudged[i] === side);
  const kept = indices(false);
  return {
    train: take(train, kept),
    groups: Uint32Array.from(kept, (i) => groups[i]!),
    holdout: join(holdout, take(train, indices(true))),
  };
}

/** Each drawing a group of its own when nobody knows who drew it. */
export function groupsOf({ train, groups }: AppData): Uint32Array {
  return groups ?? Uint32Array.from(train.labels.keys());
}
