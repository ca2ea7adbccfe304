import { join } from "node:path";
import { parseArgs } from "node:util";
import { readModelFiles } from "../../../src/datasets/models/model-files.ts";
import type { ModelArtifacts } from "../../../src/domain/model-artifacts.ts";
import { initBackend } from "../../../src/kernels/init-backend.ts";
import { usualLetters } from "../../../src/project/usual-letters.ts";
import { loadModel } from "../../../src/serving/loaded-model.ts";
import { createTraining } from "../../../src/training/create-training.ts";
import { calibrationOf } from "../../../src/training/evaluate/calibration-error.ts";
import {
  CLASS_KERNEL,
  classProbabilities,
  TEMPERATURE_WITH_EXAMPLES,
} from "../../../src/training/memory/class-evidence.ts";
import { cosineOf } from "../../../src/training/memory/cosine.ts";
import { drawingsOf, type LetterDrawing, readLetters, splitsOf } from "./letter-drawings.ts";
import { letterTraining } from "./letter-training.ts";
import { greatest } from "./streaming.ts";
import { seenBy } from "./written-features.ts";

// Lower-case letters of 55 people, each drawn once by each: five folds of writers are tested, and others teach.
//
//   npm run bench -- learning --data DIR --part letters [--model DIR] [--only memory,first,added] [--draws 5] [--added abc]
//
// memory: answers of a project without a model, from 1, 2, 5 and 10 labelled drawings of each class.
// first:  first models of a to j from 10 drawings each.
// added:  a class of a to j added to a model of the nine others, each from 10 drawings.

const ROOT = join(import.meta.dir, "../../..");
const { values } = parseArgs({
  options: {
    data: { type: "string", default: join(ROOT, "../shared/data") },
    model: { type: "string", default: join(ROOT, "conf/base/model") },
    only: { type: "string", default: "memory,first,added" },
    // Of teaching writers, for each fold.
    draws: { type: "string", default: "5" },
    // Classes that are added in turn.
    added: { type: "string", default: "abcdefghij" },
    "per-class": { type: "string", default: "10" },
    params: { type: "string", default: "{}" },
  },
});
const DRAWS = Number(values.draws);
const PER_CLASS = Number(values["per-class"]);
const TEN = [..."abcdefghij"];
const ALL = [..."abcdefghijklmnopqrstuvwxyz"];

const letters = await readLetters(values.data);
if (letters === null) {
  console.log(`The benchmark of letters was skipped: there are no letters in ${values.data} (--data DIR)`);
  process.exit(0);
}
const backend = await initBackend({
  threads: 1,
  workerUrl: new URL("../../../src/kernel-worker.ts", import.meta.url),
});
const print = (...cells: (string | number)[]) => console.log(`| ${cells.join(" | ")} |`);
const percent = (share: number, places = 1) => `${(100 * share).toFixed(places)} %`;
const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const splits = splitsOf(letters, DRAWS);

/** One answer of a test. */
interface Answered {
  label: string;
  answer: string;
  confidence: number;
}
const isRight = ({ label, answer }: Answered) => label === answer;
const accuracy = (answers: readonly Answered[]) => answers.filter(isRight).length / answers.length;
/** The standard error of the accuracy over folds and draws. */
function spread(perSplit: readonly number[]): string {
  const middle = mean(perSplit);
  const squares = perSplit.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return percent(Math.sqrt(squares / Math.max(1, perSplit.length - 1) / perSplit.length));
}

async function benchMemory(all: readonly LetterDrawing[]): Promise<void> {
  const model = loadModel(await readModelFiles(values.model));
  const featuresOf = (images: readonly Uint8Array[]) => seenBy(model, images).features;
  const rows = featuresOf(all.map(({ pixels }) => pixels));
  const known = new Map(all.map((drawing, i) => [drawing, rows[i]!]));
  const usual = ALL.flatMap((label) => featuresOf(usualLetters(label)).map((row) => ({ label, row })));
  const distance = (a: Float32Array, b: Float32Array) =>
    Math.max(0, 1 - cosineOf(a, b)) / model.features.spread;
  const examplesFor = new Map(
    all.map((drawing) => [
      drawing,
      usual.map(({ label, row }) => ({ label, distance: distance(known.get(drawing)!, row) })),
    ]),
  );

  function answersFrom(classes: readonly string[], n: number, hasExamples: boolean): Answered[] {
    const temperature = hasExamples ? TEMPERATURE_WITH_EXAMPLES : CLASS_KERNEL.temperature;
    return splits.flatMap(({ teaching, testing }) => {
      const labelled = drawingsOf(all, teaching.slice(0, n), classes);
      return drawingsOf(all, testing, classes).map((drawing): Answered => {
        const row = known.get(drawing)!;
        const neighbours = labelled.map((one) => ({
          label: one.label,
          distance: distance(row, known.get(one)!),
        }));
        const examples = hasExamples ? examplesFor.get(drawing)! : [];
        const shares = classProbabilities(neighbours, classes, { ...CLASS_KERNEL, temperature }, examples);
        const k = greatest(shares);
        return { label: drawing.label, answer: classes[k]!, confidence: shares[k]! };
      });
    });
  }

  print("classes", "drawings of each", "accuracy", "mean confidence", "calibration error");
  print("---", "---", "---", "---", "---");
  for (const hasExamples of [false, true]) {
    for (const classes of [TEN, ALL]) {
      for (const n of [1, 2, 5, 10]) {
        const answers = answersFrom(classes, n, hasExamples);
        const { ece } = calibrationOf(
          answers.map((one) => ({ confidence: one.confidence, isRight: isRight(one) })),
        );
        const names = `${classes[0]} to ${classes.at(-1)}${hasExamples ? ", with usual letters" : ""}`;
        const confidence = mean(answers.map((one) => one.confidence));
        print(names, n, percent(accuracy(answers)), percent(confidence), percent(ece));
      }
    }
  }
  model.dispose();
}

/** A trained model's answers. */
function answersOf(artifacts: ModelArtifacts, drawings: readonly LetterDrawing[]): Answered[] {
  const model = loadModel(artifacts);
  const { logits } = seenBy(
    model,
    drawings.map(({ pixels }) => pixels),
  );
  model.dispose();
  const { classes } = model;
  return drawings.map(({ label }, i) => ({ label, answer: classes[greatest(logits[i]!)]!, confidence: 1 }));
}

const training = await letterTraining(createTraining(backend), JSON.parse(values.params));

async function benchFirst(all: readonly LetterDrawing[]): Promise<void> {
  const scores: number[] = [];
  let seconds = 0;
  for (const { fold, draw, teaching, testing } of splits) {
    const started = performance.now();
    const model = await training.first(drawingsOf(all, teaching.slice(0, PER_CLASS), TEN), TEN, draw + 1);
    seconds += (performance.now() - started) / 1000;
    scores.push(accuracy(answersOf(model, drawingsOf(all, testing, TEN))));
    console.error(`fold ${fold}, draw ${draw}: ${percent(scores.at(-1)!)}`);
  }
  print("first models of a to j, drawings of each", "accuracy", "standard error", "lowest", "seconds");
  print("---", "---", "---", "---", "---");
  const each = (seconds / scores.length).toFixed(0);
  print(PER_CLASS, percent(mean(scores)), spread(scores), percent(Math.min(...scores)), each);
}

/** Recalls of a class, of all folds and draws together. */
function recallsOf(answers: readonly Answered[]): Map<string, number> {
  const byLabel = Map.groupBy(answers, ({ label }) => label);
  return new Map([...byLabel].map(([label, some]) => [label, accuracy(some)]));
}

/** Each class is added in one fold and draw, all ten in turn, so that every fold has two. */
async function benchAdded(all: readonly LetterDrawing[]): Promise<void> {
  const before: Answered[] = [];
  const after: Answered[] = [];
  const costs: number[] = [];
  print("class added", "the nine others before", "after", "change", "the new class", "lowest of the others");
  print("---", "---", "---", "---", "---", "---");
  for (const [i, added] of TEN.entries()) {
    if (!values.added.includes(added)) continue;
    const { teaching, testing, draw } = splits.filter((one) => one.fold === i % 5)[0]!;
    const others = TEN.filter((name) => name !== added);
    const known = drawingsOf(all, teaching.slice(0, PER_CLASS), TEN);
    const first = await training.first(
      known.filter(({ label }) => label !== added),
      others,
      draw + 1,
    );
    const old = drawingsOf(all, testing, others);
    const own = answersOf(first, old);
    const both = await training.add(first, known, [...others, added], draw + 1);
    const now = answersOf(both, old);
    const fresh = accuracy(answersOf(both, drawingsOf(all, testing, [added])));
    before.push(...own);
    after.push(...now);
    costs.push(accuracy(now) - accuracy(own));
    const lowest = [...recallsOf(now)].sort(([, a], [, b]) => a - b)[0]!;
    const cells = [accuracy(own), accuracy(now), costs.at(-1)!, fresh].map((share) => percent(share));
    print(added, ...cells, `${lowest[0]} ${percent(lowest[1])}`);
  }
  const lowest = [...recallsOf(after)].sort(([, a], [, b]) => a - b)[0]!;
  const cells = [accuracy(before), accuracy(after), mean(costs)].map((share) => percent(share));
  print("mean", ...cells, "", `${lowest[0]} ${percent(lowest[1])} over all ten`);
}

const PARTS: Record<string, (all: readonly LetterDrawing[]) => Promise<void>> = {
  memory: benchMemory,
  first: benchFirst,
  added: benchAdded,
};
for (const name of values.only.split(",")) {
  const part = PARTS[name];
  if (part === undefined) {
    console.error(`No part "${name}". There are: ${Object.keys(PARTS).join(", ")}`);
    process.exit(2);
  }
  await part(letters);
  console.log();
}
backend.dispose();
