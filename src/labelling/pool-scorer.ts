import type { QueueScoring } from "../domain/queue/queue-scoring.ts";
import type { DrawingScores } from "../domain/queue/scores.ts";
import { scoresOf } from "./drawing-scores.ts";
import type { PoolScorerOptions } from "./pool-scorer-options.ts";
import { rankPool } from "./rank-pool.ts";

/** Scores the pool in the background. */
export interface PoolScorer extends QueueScoring {
  /** Scores everything that is not scored by the live model, and then puts drawings in the order `diversity`. */
  turn(): Promise<void>;
}

/** Drawings whose scores are written at once: a label waits for it. */
const AT_ONCE = 64;
/** Images that are computed at once, between two pauses: as long as a prediction may wait. */
const TOGETHER = 2;

/** Creates the scoring of a pool. Nothing is computed before the first turn. */
export function createPoolScorer(options: PoolScorerOptions): PoolScorer {
  const { store, live, other, pause } = options;

  async function score(images: readonly Uint8Array[]): Promise<(DrawingScores | null)[]> {
    if (live.version() === null || images.length === 0) return images.map(() => null);
    const answers = await live.answers(images);
    const others = other.version() === null ? null : await other.answers(images);
    return answers.map((answer, n) => scoresOf(answer, others?.[n] ?? null));
  }

  /** Scores some drawings. @returns false when there are no more, or the server stops. */
  async function scoreSome(): Promise<boolean> {
    const version = live.version();
    if (version === null) return false;
    const compared = await other.choose(version);
    const drawings = await store.toScore({ live: version, compared, limit: AT_ONCE });
    const scored: { id: string; scores: DrawingScores }[] = [];
    for (let from = 0; from < drawings.length; from += TOGETHER) {
      const some = drawings.slice(from, from + TOGETHER);
      const all = await score(some.map(({ pixels }) => pixels));
      all.forEach((scores, n) => {
        if (scores !== null) scored.push({ id: some[n]!.id, scores });
      });
      if (!(await pause())) return false;
    }
    await store.putScores(scored);
    return drawings.length > 0;
  }

  return {
    versions: () => ({ live: live.version(), compared: live.version() === null ? null : other.version() }),
    score,
    async turn() {
      const version = live.version();
      if (version !== null) await other.choose(version);
      const { unlabelled } = await store.counts();
      if (unlabelled === 0) {
        other.drop();
        return;
      }
      while (await scoreSome());
      await rankPool(options, unlabelled);
    },
  };
}
