import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { loadConfig } from "../../src/config/load.ts";
import { modelFromBytes } from "../../src/datasets/models/model-files.ts";
import { DATASET_TYPES } from "../../src/datasets/options.ts";
import type { GateRecord } from "../../src/domain/gate.ts";
import type { DataVersion, LabelMarks, ScreeningReport } from "../../src/domain/samples/screening-report.ts";
import { DataCatalog } from "../../src/engine/catalog/catalog.ts";
import { MemoryDataset } from "../../src/engine/catalog/memory-dataset.ts";
import { SequentialRunner } from "../../src/engine/run/sequential-runner.ts";
import { initBackend } from "../../src/kernels/init-backend.ts";
import { createRandom } from "../../src/lib/random.ts";
import { answersTo, rankSuspects } from "../../src/model-registry/screening/suspects.ts";
import { createPipelines } from "../../src/pipelines/registry.ts";
import { screenLabels } from "../../src/pipelines/screen/nodes.ts";
import { embedded } from "../../src/project/embedded.ts";
import { createTraining } from "../../src/training/create-training.ts";
import { memoryStore } from "../training/support.ts";
import {
  appDataOf,
  type BatchLabel,
  drawBatch,
  KINDS,
  type Kind,
  MIN_OF_WRITER,
  writersWith,
} from "./support/label-batches.ts";
import { halfOf } from "./support/measured-sets.ts";
import { draw, readMnist, readWritten, toSet } from "./support/tuning-data.ts";

// What the gate and the screening of labels decide about clean, careless and poisoned batches of real drawings. The
// drawings are not part of the project; docs/gate.md describes them.
//
//   npm run bench -- gate --data DIR [--part screening|ranking|writers|live] [--seeds 10] [--labels 1000] [--half B]

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    part: { type: "string", multiple: true, default: ["screening", "ranking", "writers", "live"] },
    seeds: { type: "string", default: "10" },
    labels: { type: "string", default: "1000" },
    half: { type: "string", multiple: true, default: ["A", "B"] },
    threads: { type: "string", default: String(Math.min(2, availableParallelism())) },
  },
});
if (values.data === undefined) {
  console.error("Name the folder of the drawings: npm run bench -- gate --data DIR");
  process.exit(2);
}
const config = await loadConfig({
  base: await embedded.conf(),
  dir: import.meta.dir,
  environ: {},
  datasetTypes: DATASET_TYPES,
});
const { parameters, server } = config;
const { classes } = parameters;
const written = await readWritten(values.data, classes);
if (written === null) {
  console.error(`There are no drawings in ${values.data}: use --data to name their folder`);
  process.exit(2);
}
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
const n = Number(values.labels);
const base = modelFromBytes(
  await embedded.model("model.json"),
  await embedded.model("weights.bin"),
  "builtin:base",
);
const threads = Number(values.threads);
await initBackend({ threads, workerUrl: new URL("../../src/kernel-worker.ts", import.meta.url) });
const training = createTraining({ threads }, { features: memoryStore(), checkpoints: null, numerics: "" });
const context = { signal: new AbortController().signal, progress() {}, log() {} };

/** The writer's own name, without the file that `readWritten` puts before it: both benches split the same halves. */
const halves = Map.groupBy(written, ({ writer }) => halfOf(writer.slice(writer.indexOf("/") + 1)));
const print = (...cells: (string | number)[]) => console.log(`| ${cells.join(" | ")} |`);
const rule = (cells: number) => print(...new Array<string>(cells).fill("---"));
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const range = (numbers: readonly number[]) => `${Math.min(...numbers)} to ${Math.max(...numbers)}`;

async function screened(batch: readonly BatchLabel[]) {
  const { screening, label_marks } = await screenLabels(training)(
    {
      app_data: appDataOf(batch, parameters.holdout_fraction),
      model: base,
      classes,
      screening: parameters.screening,
    },
    context,
  );
  return { screening, marks: label_marks.marks };
}

const isHeldWhole = ({ train, holdout }: ScreeningReport) => train.reason !== null || holdout.reason !== null;

/** The wrong labels of a batch that went to review, and the right ones that did. */
function reviewOf(batch: readonly BatchLabel[], marks: LabelMarks["marks"]) {
  const suspect = new Set(marks.filter(({ state }) => state === "suspect").map(({ id }) => Number(id)));
  const wrong = batch.flatMap(({ label, truth }, i) => (label === truth ? [] : [i]));
  const caught = wrong.filter((i) => suspect.has(i)).length;
  return { wrong: wrong.length, caught, alarms: suspect.size - caught };
}

/** In how many of the rows and cells of a batch: the fullest wrong cell, with its share of the drawings read so. */
async function fullestCell(batch: readonly BatchLabel[]): Promise<{ n: number; share: number; all: number }> {
  const { set } = toSet(batch);
  const answers = answersTo(
    await training.probabilities(base, set),
    set.labels,
    classes.map((_, k) => k),
  );
  const rows = new Map<number, number>();
  const cells = new Map<string, { row: number; n: number }>();
  for (const answer of answers) {
    if (answer === null) continue;
    rows.set(answer.predicted, (rows.get(answer.predicted) ?? 0) + 1);
    if (answer.predicted === answer.label) continue;
    const key = `${answer.predicted} ${answer.label}`;
    cells.set(key, { row: answer.predicted, n: (cells.get(key)?.n ?? 0) + 1 });
  }
  const all = [...cells.values()].reduce((sum, cell) => sum + cell.n, 0);
  const [fullest] = [...cells.values()].sort((a, b) => b.n - a.n);
  if (fullest === undefined) return { n: 0, share: 0, all };
  return { n: fullest.n, share: fullest.n / rows.get(fullest.row)!, all };
}

interface ScreenedBatch extends ReturnType<typeof reviewOf> {
  report: ScreeningReport;
  writerHeld: boolean;
  cell: Awaited<ReturnType<typeof fullestCell>>;
}

async function screenedBatch(batch: readonly BatchLabel[]): Promise<ScreenedBatch> {
  const { screening: report, marks } = await screened(batch);
  const writerHeld = report.train.writer_held + report.holdout.writer_held > 0;
  return { report, writerHeld, ...reviewOf(batch, marks), cell: await fullestCell(batch) };
}

async function screening(): Promise<void> {
  for (const half of values.half) {
    const drawings = halves.get(half as "A" | "B")!;
    console.log(`\nScreening ${n} labels of half ${half}, ${seeds.length} seeds\n`);
    print(
      "labels",
      "held whole",
      "a writer held",
      "wrong labels caught",
      "right ones in review",
      "fullest wrong cell",
      "of its row",
      "all disagreements",
    );
    rule(8);
    for (const kind of KINDS) {
      const rows: ScreenedBatch[] = [];
      for (const seed of seeds) rows.push(await screenedBatch(drawBatch(drawings, n, kind, seed)));
      const sum = (of: (row: (typeof rows)[number]) => number) =>
        rows.reduce((total, row) => total + of(row), 0);
      const wrong = sum((row) => row.wrong);
      print(
        kind,
        `${rows.filter(({ report }) => isHeldWhole(report)).length} of ${rows.length}`,
        `${rows.filter(({ writerHeld }) => writerHeld).length} of ${rows.length}`,
        wrong === 0 ? "" : percent(sum((row) => row.caught) / wrong),
        percent(sum((row) => row.alarms) / (rows.length * n - wrong)),
        range(rows.map(({ cell }) => cell.n)),
        `${percent(Math.min(...rows.map(({ cell }) => cell.share)))} to ${percent(Math.max(...rows.map(({ cell }) => cell.share)))}`,
        range(rows.map(({ cell }) => cell.all)),
      );
    }
  }
}

/** Draws of the ranking: each takes a second, and ten differ by half a label. */
const RANKINGS = 50;

/** Of 500 labels, 10 of them wrong: how many of these are among the 10 that the model finds least probable. */
async function ranking(): Promise<void> {
  const found: number[] = [];
  for (let seed = 1; seed <= RANKINGS; seed++) {
    const random = createRandom(seed).fork("ranking");
    const drawings = draw(halves.get("B")!, 500, seed);
    const { set } = toSet(drawings);
    const labels = set.labels.map((label, i) => (i < 10 ? (label + 1 + random.int(9)) % 10 : label));
    const answers = answersTo(
      await training.probabilities(base, set),
      labels,
      classes.map((_, k) => k),
    );
    const top = rankSuspects(answers, 1).slice(0, 10);
    found.push(top.filter((i) => i < 10).length);
  }
  const mean = found.reduce((a, b) => a + b, 0) / found.length;
  console.log(
    `\nRanking: of 10 wrong labels among 500 of half B, ${mean.toFixed(1)} are among the 10 least probable on average (${range(found)}, ${RANKINGS} draws)`,
  );
}

/** Genuine hands, their labels right: alone, and within a batch of others. */
async function writers(): Promise<void> {
  print("");
  print("half", "writers", "held alone", "held within a batch", "their right labels in review");
  rule(5);
  for (const half of values.half) {
    const drawings = halves.get(half as "A" | "B")!;
    const names = writersWith(drawings, MIN_OF_WRITER);
    let [alone, within, inReview, labels] = [0, 0, 0, 0];
    for (const [at, name] of names.entries()) {
      const own: BatchLabel[] = drawings
        .filter(({ writer }) => writer === name)
        .map((one) => ({ ...one, truth: one.label }));
      const { screening: report, marks } = await screened(own);
      if (isHeldWhole(report)) alone++;
      inReview += marks.filter(({ state }) => state === "suspect").length;
      labels += own.length;
      const others = draw(
        drawings.filter(({ writer }) => writer !== name),
        n - own.length,
        at + 1,
      );
      const mixed = [...others.map((one) => ({ ...one, truth: one.label })), ...own];
      const result = await screened(mixed);
      const isWriterHeld = result.marks.some(
        ({ id, state }) => state === "held" && Number(id) >= others.length,
      );
      if (isHeldWhole(result.screening) || isWriterHeld) within++;
    }
    print(
      half,
      names.length,
      `${alone} of ${names.length}`,
      `${within} of ${names.length}`,
      percent(inReview / labels),
    );
  }
}

const mnist = await readMnist();

/** As a file would: it is there after the node that reads it, too. */
class Kept extends MemoryDataset {
  override release(): void {}
}

/** Runs the product's pipeline `tuning` on a batch. */
async function tuned(batch: readonly BatchLabel[], seed: number) {
  const catalog = new DataCatalog({
    config: Object.fromEntries(Object.keys(config.catalog).map((name) => [name, { type: "memory" }])),
    factories: { memory: () => new Kept() },
    parameters: { ...config.parameters, seed: config.parameters.seed + seed, gate: server.gate },
  });
  await catalog.save("mnist_data", mnist);
  await catalog.save("app_data", appDataOf(batch, parameters.holdout_fraction));
  await catalog.save("model", base);
  await catalog.save("base_model", base);
  await catalog.save("screening_model", base);
  await new SequentialRunner().run({
    pipeline: createPipelines({ training }).tuning!,
    catalog,
    hooks: [],
    signal: new AbortController().signal,
    runParams: { runId: "bench", pipeline: "tuning", env: null, parameters: {}, seed },
  });
  return {
    gate: (await catalog.load("gate_decision")) as GateRecord,
    data: (await catalog.load("data_version")) as DataVersion,
  };
}

/** Whether a batch's model goes live by itself, with the default `promotion: auto`. */
async function live(): Promise<void> {
  console.log(`\nTraining on ${n} labels of half B with the pipeline tuning, ${seeds.length} seeds\n`);
  print(
    "labels",
    "live",
    "better",
    "not worse",
    "held",
    "rejected",
    "wrong labels trained on, of all wrong ones",
    "held-out: fixed, broken",
    "worst bound",
  );
  rule(9);
  for (const kind of KINDS as readonly Kind[]) {
    const rows: { gate: GateRecord; wrong: number; trainedOn: number }[] = [];
    for (const seed of seeds) {
      const batch = drawBatch(halves.get("B")!, n, kind, seed);
      const { gate, data } = await tuned(batch, seed);
      const wrong = batch.filter(({ label, truth }) => label !== truth).length;
      const trainedOn = data.train.filter(
        (id) => batch[Number(id)]!.label !== batch[Number(id)]!.truth,
      ).length;
      rows.push({ gate, wrong, trainedOn });
    }
    const of = (verdict: GateRecord["verdict"]) => rows.filter(({ gate }) => gate.verdict === verdict).length;
    const sum = (of: (row: (typeof rows)[number]) => number) =>
      rows.reduce((total, row) => total + of(row), 0);
    const holdout = (row: (typeof rows)[number], key: "fixed" | "broken") =>
      row.gate.evidence?.find(({ set }) => set === "app_holdout")?.[key] ?? 0;
    const bounds = rows.map(({ gate }) => gate.evidence?.find(({ set }) => set === "reference")?.bound ?? 0);
    print(
      kind,
      `${rows.filter(({ gate }) => gate.passed).length} of ${rows.length}`,
      ...(["better", "not_worse", "held", "rejected"] as const).map(of),
      `${sum((row) => row.trainedOn)} of ${sum((row) => row.wrong)}`,
      `${sum((row) => holdout(row, "fixed"))}, ${sum((row) => holdout(row, "broken"))}`,
      `${(100 * Math.min(...bounds)).toFixed(2)} points`,
    );
  }
}

const parts: Record<string, () => Promise<void>> = { screening, ranking, writers, live };
for (const part of values.part) {
  const run = parts[part];
  if (run === undefined) {
    console.error(`No part "${part}". There are: ${Object.keys(parts).join(", ")}`);
    process.exit(2);
  }
  await run();
}
process.exit(0);
