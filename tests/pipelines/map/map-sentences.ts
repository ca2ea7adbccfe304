import type { Sentence } from "../../../src/lib/saying.ts";
import { pickDrawings } from "../../../src/pipelines/map/pick-drawings.ts";

function pick(n: number, log: (message: string, says?: Sentence["says"]) => void) {
  const ids = Array.from({ length: n }, (_, i) => String(i));
  const images = {
    ...{ rows: 1, cols: 1, isDoubtful: new Uint8Array(n) },
    loadImages: async (some: readonly string[]) => some.map(() => new Uint8Array(1)),
  };
  return pickDrawings(
    {
      stored_drawings: { lastArrival: null, ...images, ids, labels: ids.map(() => "7") },
      ...{ map: { max_drawings: 10, neighbours: 5, min_distance: 1 }, seed: 1 },
    },
    { signal: new AbortController().signal, progress() {}, log },
  );
}

/** The sentence with which a map of too few drawings is refused. */
export async function mapFailures(thrownBy: (work: () => unknown) => Promise<Sentence>): Promise<Sentence[]> {
  return [await thrownBy(async () => pick(9, () => {}))];
}

/** The line that a map logs. */
export async function mapLines(): Promise<Sentence[]> {
  const logged: Sentence[] = [];
  await pick(12, (message, says) => void logged.push({ message, says }));
  return logged;
}
