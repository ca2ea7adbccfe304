import type { ImageSet } from "../domain/image-set.ts";
import type { AppData } from "./de/app-data.ts";
import { join, take } from "./image-sets.ts";

/** Training drawings with their groups, and held-out ones. */
export interface SplitDrawings {
  train: ImageSet;
  /** [N] of `train`: equal for drawings of the same writer or session. */
  groups: Uint32Array;
  holdout: ImageSet;
}

/**
 * Holds out more drawings where the MNIST test set does not apply. While fewer than `enough` are held out, every
 * (1/fraction)-th training drawing of each class is evaluated on instead of trained on, in order of arrival. So a
 * drawing stays on its side as others arrive, and a single writer also has a gate.
 *
 * @param fraction of the training drawings to hold out, in [0, 1); 0 for none.
 */
export function holdOutDrawings(app: AppData, fraction: number, enough: number): SplitDrawings {
  const { train, holdout } = app;
  const groups = groupsOf(app);
  if (fraction === 0 || holdout.labels.length >= enough) return { train, groups, holdout };
  const every = Math.max(2, Math.round(1 / fraction));
  const seen = new Map<number, number>();
  const isHeldOut = Array.from(train.labels, (label) => {
    const before = seen.get(label) ?? 0;
    seen.set(label, before + 1);
    return before % every === every - 1;
  });
  const indices = (side: boolean) =>
    Uint32Array.from(train.labels.keys()).filter((i) => isHeldOut[i] === side);
  const kept = indices(false);
  return {
    train: take(train, kept),
    groups: Uint32Array.from(kept, (i) => groups[i]!),
    holdout: join(holdout, take(train, indices(true))),
  };
}

/** The groups of the training drawings; each drawing is its own group when the writers are unknown. */
export function groupsOf({ train, groups }: AppData): Uint32Array {
  return groups ?? Uint32Array.from(train.labels.keys());
}
