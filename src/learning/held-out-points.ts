import type { PairedEvidence } from "../domain/gate.ts";
import type { EvaluatedVersion } from "../domain/learning/learning-store.ts";
import type { HeldOutChange, HeldOutPoint } from "../domain/learning/overview.ts";
import { APP_HOLDOUT } from "../domain/metrics.ts";
import { type Proportion, proportion } from "../domain/monitoring/proportion.ts";

/**
 * The versions that were evaluated on held-out drawings, oldest first, with the champion and the base model on the same
 * drawings, as the gate compared them. The drawings differ from one version to the next, because more are held out over
 * time; only the models of one point are comparable drawing by drawing.
 *
 * Intervals of shares are Wilson's, which count drawings as independent; those of changes are the gate's bootstrap over
 * writers.
 */
export function heldOutPoints(versions: readonly EvaluatedVersion[]): HeldOutPoint[] {
  return versions
    .flatMap(({ version, runId, createdAt, state, data, gate }): HeldOutPoint[] => {
      const evidence = gate.evidence?.filter(({ set, n }) => set === APP_HOLDOUT && n > 0) ?? [];
      const against = (whom: PairedEvidence["against"]) =>
        evidence.find((one) => one.against === whom) ?? null;
      const [champion, base] = [against("champion"), against("base")];
      const any = base ?? champion;
      if (any === null) return [];
      return [
        {
          ...{ version, runId, state, at: createdAt, n: any.n },
          given: data === null ? null : Object.values(data).reduce((sum, count) => sum + count, 0),
          candidate: mistakes(any.candidate, any.n),
          champion: champion && mistakes(champion.other, champion.n),
          base: base && mistakes(base.other, base.n),
          change: changeOf(any),
        },
      ];
    })
    .sort((a, b) => a.version - b.version);
}

/** The mistakes that an accuracy means. */
function mistakes(accuracy: number, n: number): Proportion {
  return proportion(n - Math.round(accuracy * n), n);
}

function changeOf({ against, fixed, broken, p, low, high }: PairedEvidence): HeldOutChange {
  // The evidence is of accuracy: more of it is fewer mistakes.
  return { against, fixed, broken, p, low: -high, high: -low };
}
