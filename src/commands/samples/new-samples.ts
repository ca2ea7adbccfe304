import type { NewSample, Sample } from "../../domain/sample.ts";

/**
 * Returns the samples of a file that the store does not have, so a file may be imported again after it has grown. A
 * sample is identified by its strokes, or else its pixels, not by its label, which may have been corrected since.
 * Duplicates within a file are all stored.
 */
export async function newSamples(
  samples: readonly NewSample[],
  stored: AsyncIterable<Sample>,
): Promise<NewSample[]> {
  const known = new Map<string, number>();
  for await (const sample of stored) {
    const content = contentOf(sample);
    known.set(content, (known.get(content) ?? 0) + 1);
  }
  return samples.filter((sample) => {
    const content = contentOf(sample);
    const left = known.get(content) ?? 0;
    known.set(content, left - 1);
    return left <= 0;
  });
}

function contentOf({ drawing, pixels }: Pick<NewSample, "drawing" | "pixels">): string {
  const hash = new Bun.CryptoHasher("sha256");
  if (drawing === null) hash.update("pixels").update(pixels);
  else hash.update(JSON.stringify([drawing.width, drawing.height, drawing.strokes]));
  return hash.digest("base64");
}
