import { join } from "node:path";
import { parseArgs } from "node:util";
import { hashModel } from "../../../src/datasets/models/model-files.ts";
import { changeText, errorChange } from "./paired-errors.ts";
import { openTuningLab, type TuningLab, type TuningSettings } from "./tuning-lab.ts";
import { type Answer, answerQuestion, QUESTIONS } from "./tuning-questions.ts";

/**
 * The gain of fine-tuning for one writer, for a hard group of writers and for strangers, and its cost on MNIST:
 *
 *   npm run bench -- learning --part tuning --data DIR [--model DIR] [--half A --half B] [--seeds 5] [--threads 1]
 *     [--question "strangers, 500"]... [--set '{"tuning_epochs": 3, "learning_rate": 0.0003}']... [--gate 3] [--screened]
 *
 * `--set` changes settings of `TuningSettings`; each `--set` is one table row per question. Settings are chosen on half
 * A and reported on half B; MNIST test is printed and chooses nothing. `--gate N` also runs the pipeline `tuning`, with
 * screening and gate, on the labels of N training runs of each question. `--screened` trains on no label that screening sends to review.
 */
async function benchTuning(options: string[]): Promise<void> {
  const { values } = parseArgs({
    args: options,
    options: {
      data: { type: "string", default: join(import.meta.dir, "../../../../shared/data") },
      model: { type: "string" },
      half: { type: "string", multiple: true, default: ["A", "B"] },
      seeds: { type: "string", default: "5" },
      threads: { type: "string", default: "1" },
      question: { type: "string", multiple: true, default: Object.keys(QUESTIONS) },
      set: { type: "string", multiple: true, default: ["{}"] },
      screened: { type: "boolean", default: false },
      gate: { type: "string", default: "0" },
    },
  });
  const lab = await openTuningLab(values.data, values.model, Number(values.threads));
  if (lab === null) {
    console.log(`The benchmark of tuning was skipped: there are no drawings in ${values.data} (--data DIR)`);
    return;
  }
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
  await printHead(lab, seeds.length);
  for (const half of values.half) {
    const drawings = lab.drawings.filter((one) => one.half === half);
    for (const set of values.set) {
      const settings: TuningSettings = { ...lab.defaults, ...JSON.parse(set) };
      for (const question of values.question) {
        const answer = await answerQuestion(lab, question, drawings, settings, seeds, values.screened);
        const verdicts: string[] = [];
        for (const { draw, seed } of answer.trainings.slice(0, Number(values.gate))) {
          const { verdict, summary } = await lab.decide(draw.labelled, settings, seed);
          verdicts.push(`${verdict}${verdict === "rejected" ? `: ${summary?.detail}` : ""}`);
        }
        console.log(rowOf([half, set === "{}" ? "defaults" : set, question], answer, verdicts));
      }
    }
  }
}

const CELLS = [
  "half",
  "settings",
  "labels",
  "number of labels",
  "writers",
  "error before",
  "change of the error",
  "without doubtful labels",
  "training runs that made it worse",
  "MNIST, points",
  "seconds",
  "gate",
];

async function printHead(lab: TuningLab, seeds: number): Promise<void> {
  console.log(`Model ${(await hashModel(lab.base)).slice(0, 12)}, ${seeds} seeds\n`);
  console.log(`| ${CELLS.join(" | ")} |\n|${CELLS.map(() => "---|").join("")}`);
}

function rowOf(names: readonly string[], answer: Answer, verdicts: readonly string[]): string {
  const all = errorChange(answer.rows);
  const cells = [
    ...names,
    mean(answer.labels).toFixed(0),
    all.writers,
    `${((100 * all.before) / all.drawings).toFixed(2)} %`,
    changeText(all),
    changeText(errorChange(answer.trusted)),
    worseText(answer),
    signed(100 * mean(answer.mnist), 2),
    mean(answer.seconds).toFixed(1),
    verdicts.join(", "),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Of the training runs for one writer. */
function worseText({ rows, trainings }: Answer): string {
  const isOwn = rows.length === trainings.length;
  return isOwn ? `${rows.filter(({ before, after }) => after > before).length} of ${rows.length}` : "";
}

const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const signed = (value: number, digits: number) =>
  `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;

await benchTuning(process.argv.slice(2));
process.exit(0);
