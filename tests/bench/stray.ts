import { join } from "node:path";
import { parseArgs } from "node:util";
import { readModelFiles } from "../../src/datasets/models/model-files.ts";
import { boxOf, extentOf } from "../../src/digits/box.ts";
import { IMAGE_PIXELS } from "../../src/digits/image-format.ts";
import { rasteriseAll } from "../../src/digits/rasterise.ts";
import { withoutStray } from "../../src/digits/stray-strokes.ts";
import type { Point, Stroke } from "../../src/domain/drawing.ts";
import { initBackend } from "../../src/kernels/init-backend.ts";
import { createRandom, type Random } from "../../src/lib/random.ts";
import { outlierScores } from "../../src/training/evaluate/outlier-score.ts";
import { predictLogits } from "../../src/training/evaluate/predict.ts";
import { fromArtifacts } from "../../src/training/model/artifacts.ts";
import { readStrokes } from "./support/measured-sets.ts";

// What leaving stray strokes out changes: on digits as people drew them (none that was right may become wrong), and on
// the same digits with a tap far from them. The sets are not part of the project; docs/benchmarks.md describes them.
//
//   npm run bench -- stray --data DIR     DIR has dev/; ends with 1 when a digit that was right becomes wrong

const ROOT = join(import.meta.dir, "../..");
const { values } = parseArgs({ options: { data: { type: "string" } } });
if (values.data === undefined) {
  console.error("Name the folder of the sets: npm run bench -- stray --data DIR");
  process.exit(2);
}

const artifacts = await readModelFiles(join(ROOT, "conf/base/model"));
const { classes, calibration } = artifacts.userDefinedMetadata;
const workerUrl = new URL("../../src/kernel-worker.ts", import.meta.url);
const backend = await initBackend({ threads: 1, workerUrl });
const model = fromArtifacts(artifacts);

interface Answer {
  label: string | undefined;
  isFlagged: boolean;
}

async function ask(drawings: readonly (readonly Stroke[])[]): Promise<Answer[]> {
  const images = new Uint8Array(drawings.length * IMAGE_PIXELS);
  for (const [n, strokes] of drawings.entries()) images.set(rasteriseAll(strokes), n * IMAGE_PIXELS);
  const set = { rows: 28, cols: 28, images, labels: new Uint8Array(drawings.length) };
  const logits = await predictLogits(model, set);
  const { temperature, rejection } = calibration!;
  const scores = outlierScores(logits, classes.length, rejection.score, temperature);
  return drawings.map((_, n) => {
    const row = logits.subarray(n * classes.length, (n + 1) * classes.length);
    return { label: classes[row.indexOf(Math.max(...row))], isFlagged: scores[n]! > rejection.threshold };
  });
}

/** A tap at `far` times the digit's size from it, straight to a side or towards a corner. */
function tapped(strokes: readonly Stroke[], far: number, random: Random): Stroke[] {
  const { minX, maxX, minY, maxY } = boxOf(strokes);
  const gap = far * extentOf({ minX, maxX, minY, maxY });
  const [isAside, isAbove] = [
    [true, false],
    [false, true],
    [true, true],
  ][random.int(3)]!;
  const along = (min: number, max: number) => min + random.next() * (max - min);
  const beyond = (min: number, max: number) => (random.next() < 0.5 ? min - gap : max + gap);
  const tap: Point = [
    isAside ? beyond(minX, maxX) : along(minX, maxX),
    isAbove ? beyond(minY, maxY) : along(minY, maxY),
  ];
  return [...strokes, [tap]];
}

const print = (...cells: (string | number)[]) => console.log(`| ${cells.join(" | ")} |`);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const sets = await Promise.all(
  ["unipen1a-dev", "pendigits-train"].map((name) => readStrokes(join(values.data!, "dev"), `${name}.ndjson`)),
);
const drawings = sets.flatMap((set) => set.drawings);
const labels = sets.flatMap((set) => set.labels);
const isRight = (answers: readonly Answer[]) => answers.map(({ label }, n) => label === labels[n]);
const share = (answers: readonly Answer[], counts: (isRight: boolean, isFlagged: boolean) => boolean) => {
  const right = isRight(answers);
  return percent(answers.filter(({ isFlagged }, n) => counts(right[n]!, isFlagged)).length / answers.length);
};

const plain = await ask(drawings);
const kept = await ask(drawings.map((strokes) => withoutStray(strokes)));
const [before, after] = [isRight(plain), isRight(kept)];
const changed = drawings.filter((strokes) => withoutStray(strokes) !== strokes).length;
const lost = before.filter((wasRight, n) => wasRight && !after[n]).length;
const gained = before.filter((wasRight, n) => !wasRight && after[n]).length;
print("drawings", "with stray ink", "right to wrong", "wrong to right", "accuracy before", "after");
print("---", "---", "---", "---", "---", "---");
const correct = (right: boolean) => right;
print(drawings.length, changed, lost, gained, share(plain, correct), share(kept, correct));

console.log();
print(
  "a tap at × the digit's size",
  "all ink: right",
  "wrong, not flagged",
  "stray left out: right",
  "wrong, not flagged",
);
print("---", "---", "---", "---", "---");
const silent = (right: boolean, isFlagged: boolean) => !right && !isFlagged;
for (const far of [0.5, 0.75, 1, 1.5, 2, 4]) {
  const random = createRandom(20261128).fork(String(far));
  const some = drawings.map((strokes) => tapped(strokes, far, random));
  const all = await ask(some);
  const fewer = await ask(some.map((strokes) => withoutStray(strokes)));
  print(far, share(all, correct), share(all, silent), share(fewer, correct), share(fewer, silent));
}
model.dispose();
backend.dispose();
process.exit(lost === 0 ? 0 : 1);
