import type { ImageSet } from "../domain/image-set.ts";
import type { AppData, SampleRef } from "../domain/samples/app-data.ts";
import { join, take } from "./image-sets.ts";

/** Training drawings with their groups, and held-out ones. */
export interface SplitDrawings {
  train: ImageSet;
  /** [N] of `train`: equal for drawings of the same writer or session. */
  groups: Uint32Array;
  holdout: ImageSet;
  /** [N] of `holdout`, likewise. */
  holdoutGroups: Uint32Array;
  /** The stored samples of both, in their order; empty where the drawings are not from the store. */
  trainRefs: readonly SampleRef[];
  holdoutRefs: readonly SampleRef[];
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
  const split = asSplit(app);
  const { groups } = split;
  if (fraction === 0 || holdout.labels.length >= enough) return split;
  const every = Math.max(2, Math.round(1 / fraction));
  const seen = new Map<number, number>();
  const isHeldOut = Array.from(train.labels, (label) => {
    const before = seen.get(label) ?? 0;
    seen.set(label, before + 1);
    return before % every === every - 1;
  });
  const indices = (side: boolean) =>
    Uint32Array.from(train.labels.keys()).filter((i) => isHeldOut[i] === side);
  const [kept, held] = [indices(false), indices(true)];
  const groupsAt = (some: Uint32Array) => Uint32Array.from(some, (i) => groups[i]!);
  const refsAt = (some: Uint32Array) =>
    split.trainRefs.length === 0 ? [] : Array.from(some, (i) => split.trainRefs[i]!);
  return {
    train: take(train, kept),
    groups: groupsAt(kept),
    holdout: join(holdout, take(train, held)),
    // Groups of both sides are numbered apart: held-out writers come after those of the training side.
    holdoutGroups: Uint32Array.from([
      ...split.holdoutGroups.map((group) => group + train.labels.length),
      ...groupsAt(held),
    ]),
    trainRefs: refsAt(kept),
    holdoutRefs: [...split.holdoutRefs, ...refsAt(held)],
  };
}

/** The sides of the split as the store has them; each drawing is its own group when the writers are unknown. */
export function asSplit({ train, groups, holdout, holdoutGroups, samples }: AppData): SplitDrawings {
  return {
    ...{ train, holdout },
    groups: groups ?? Uint32Array.from(train.labels.keys()),
    holdoutGroups: holdoutGroups ?? Uint32Array.from(holdout.labels.keys()),
    trainRefs: samples?.train ?? [],
    holdoutRefs: samples?.holdout ?? [],
  };
}
