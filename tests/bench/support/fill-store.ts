import { PREPROCESSING_VERSION } from "../../../src/digits/image-format.ts";
import { rasterise } from "../../../src/digits/rasterise.ts";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { Drawing } from "../../../src/domain/drawing.ts";
import type { ImportSample } from "../../../src/domain/samples/sample-import.ts";
import type { Store } from "../../../src/domain/store.ts";
import { createRandom, type Random } from "../../../src/lib/random.ts";
import { drawingOf } from "../../support/digit-strokes.ts";

const CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
/** Shapes of each class; the samples repeat them, each moved a little, so that none is identical. */
const SHAPES = 40;
/** Samples of one transaction. */
const BATCH = 1_000;
const START_MS = Date.UTC(2026, 0, 1);
/** Between two samples. */
const STEP_MS = 20_000;

interface Shape {
  label: string;
  drawing: Drawing;
  pixels: Uint8Array;
}

/**
 * Fills a store with samples and runs that are like those of a project in use: 300 writers of whom few draw much, 8 %
 * wrong predictions, 2 % of no class, 1 % withdrawn, five model versions, three sources, a tenth with an answer that
 * memory has changed. The same seed gives the same content (ids are those of the store).
 *
 * @param counts.samples 1,000 take 60 ms. @param counts.runs one in ten failed, the others done.
 */
export async function fillStore(
  store: Pick<Store, "samples" | "runs">,
  { samples, runs = 0, seed = 1 }: { samples: number; runs?: number; seed?: number },
): Promise<void> {
  const random = createRandom(seed);
  const shapes = shapesOf();
  for (let start = 0; start < samples; start += BATCH) {
    const n = Math.min(BATCH, samples - start);
    await store.samples.insertMany(Array.from({ length: n }, (_, i) => sampleOf(shapes, random, start + i)));
  }
  for (let i = 0; i < runs; i++) await addRun(store, random, i);
}

function shapesOf(): Shape[] {
  return CLASSES.flatMap((label) =>
    Array.from({ length: SHAPES }, (_, seed) => {
      const drawing = drawingOf(label, seed + 1);
      return { label, drawing, pixels: rasterise(drawing) };
    }),
  );
}

function sampleOf(shapes: readonly Shape[], random: Random, number: number): ImportSample {
  const { label, drawing, pixels } = shapes[random.int(shapes.length)]!;
  const other = CLASSES[random.int(CLASSES.length)]!;
  const predicted = random.next() < 0.08 ? other : label;
  const kind = random.next();
  // The square makes few writers draw most.
  const writer = random.next() < 0.2 ? null : `writer ${Math.floor(random.next() ** 2 * 300)}`;
  const at = new Date(START_MS + number * STEP_MS).toISOString();
  return {
    drawing: moved(drawing, number),
    pixels,
    preprocessing: PREPROCESSING_VERSION,
    label: kind < 0.02 ? null : label,
    state: kind < 0.02 ? "negative" : kind < 0.03 ? "rejected" : "labelled",
    predicted,
    confidence:
      Math.round((predicted === label ? 1 - random.next() ** 3 / 2 : 0.3 + random.next() / 2) * 1e4) / 1e4,
    shown: random.next() < 0.1 ? other : null,
    modelVersion: 1 + Math.floor(random.next() * 5),
    predictionId: null,
    writer,
    session: writer === null ? `session ${Math.floor(number / 20)}` : null,
    sitting: null,
    source: ["draw", "draw", "draw", "api", "import"][random.int(5)]!,
    actor: LOCAL,
    createdAt: at,
    updatedAt: at,
  };
}

/** The same drawing, moved by less than a pixel of its image. */
function moved({ strokes, width, height }: Drawing, number: number): Drawing {
  const by = number / 2 ** 20;
  return {
    ...{ width, height },
    strokes: strokes.map((stroke) =>
      stroke.map((point) => [point[0] + by, ...point.slice(1)] as unknown as typeof point),
    ),
  };
}

async function addRun({ runs }: Pick<Store, "runs">, random: Random, number: number): Promise<void> {
  const id = `bench-${String(number).padStart(6, "0")}`;
  const createdAt = START_MS + number * 3_600_000;
  await runs.create({
    id,
    pipeline: number % 5 === 0 ? "__default__" : "tuning",
    params: { tuning_epochs: 1 + random.int(5) },
    trigger: ["cli", "page", "new_samples", "cron"][random.int(4)]!,
    command: "tegaki run --pipeline tuning",
    startedBy: LOCAL,
  });
  const isFailed = random.next() < 0.1;
  await runs.update(id, {
    status: isFailed ? "failed" : "done",
    startedAt: new Date(createdAt).toISOString(),
    finishedAt: new Date(createdAt + 60_000 + random.int(600_000)).toISOString(),
    ...(isFailed && { error: "Node train failed: the loss is not finite" }),
  });
}
