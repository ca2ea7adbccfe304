import { expect, test } from "bun:test";
import { newSamples } from "../../../src/commands/samples/new-samples.ts";
import type { NewSample } from "../../../src/domain/sample.ts";
import { openStore } from "../../../src/storage/open.ts";

const clock = { now: () => new Date("2026-11-23T14:42:31Z") };

/** Images with one dot each. */
function dots(...at: number[]): Uint8Array {
  const images = new Uint8Array(at.length * 784);
  at.forEach((pixel, n) => {
    images[n * 784 + pixel] = 255;
  });
  return images;
}

const sample = (pixel: number, more: Partial<NewSample> = {}): NewSample => ({
  drawing: null,
  pixels: dots(pixel),
  preprocessing: 1,
  label: "1",
  predicted: null,
  confidence: null,
  modelVersion: null,
  predictionId: null,
  writer: null,
  session: null,
  source: "import",
  ...more,
});
const stroke = (x: number) => ({ width: 10, height: 10, strokes: [[[x, 1] as const, [x, 9] as const]] });

test("newSamples() leaves out samples that the store has, whatever their label is now, and keeps repeated rows", async () => {
  const store = await openStore({ path: ":memory:", clock, holdoutFraction: 0.5 });
  try {
    const file = [sample(1), sample(2), sample(2), sample(3, { drawing: stroke(3) })];
    const import_ = async (rows: NewSample[]) =>
      store.samples.insertMany(await newSamples(rows, store.samples.iterate()));
    expect(await import_(file)).toBe(4);
    const { samples } = await store.samples.list({});
    await store.samples.update(samples[0]!.id, { label: "8" });
    await store.samples.update(samples[1]!.id, { state: "rejected" });
    expect(await import_(file)).toBe(0);
    expect(await import_([...file, sample(4), sample(3, { drawing: stroke(4) }), sample(2)])).toBe(3);
    expect((await store.samples.stats()).total).toBe(6);
  } finally {
    await store.close();
  }
});
