import { LOCAL } from "../../src/domain/actor.ts";
import type { Store } from "../../src/domain/store.ts";
import { newSample } from "../storage/helpers.ts";

/** Stores drawings without a label: as many of the writer as `own`, and one of another, which the writer labels. */
export async function drawAndLabel(store: Store, writer: string, own: number): Promise<void> {
  const drawingOf = (who: string) => {
    const { drawing, pixels } = newSample();
    return {
      ...{ drawing, pixels, preprocessing: 99, writer: who, session: null, source: "import", actor: LOCAL },
    };
  };
  await store.queue.add([...Array.from({ length: own }, () => drawingOf(writer)), drawingOf("someone else")]);
  const { questions } = await store.queue.next({
    ...{ labeller: writer, order: "newest", n: 1, holding: [], live: null, compared: null, leaseMs: 1_000 },
    ...{ shares: { second: 0, known: 0 }, draws: [0] },
  });
  await store.queue.answer(
    questions[0]!.id,
    { kind: "label", label: "7" },
    { labeller: writer, actor: LOCAL },
  );
}
