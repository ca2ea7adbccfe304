import { LOCAL } from "../../src/domain/actor.ts";
import type { DrawingScores } from "../../src/domain/queue/scores.ts";
import type { Store } from "../../src/domain/store.ts";
import { newSample } from "../storage/helpers.ts";

/** Adds a drawing without a label for each of these scores: of version 1, 7 with p = 0.9 unless they say otherwise. */
export async function fillPool(store: Store, scores: readonly Partial<DrawingScores>[]): Promise<string[]> {
  const outcomes = await store.queue.add(
    scores.map(() => {
      const { drawing, pixels, preprocessing } = newSample();
      return {
        ...{ drawing, pixels, preprocessing },
        ...{ writer: null, session: null, source: "import", actor: LOCAL },
      };
    }),
  );
  const ids = outcomes.map((outcome) => (outcome.result === "added" ? outcome.id : ""));
  await store.queue.putScores(
    ids.map((id, n) => ({
      id,
      scores: {
        ...{ version: 1, label: "7", p: 0.9, second: { label: "1", p: 0.05 }, isNone: false },
        ...{ leastConfidence: 0.1, margin: 0.85, entropy: 0.4, disagreement: null },
        ...scores[n],
      },
    })),
  );
  return ids;
}
