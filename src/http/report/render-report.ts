import { type CellExamples, ReportDocument } from "../../../views/report/report-document.tsx";
import { type Examples, isOfChanged } from "../../domain/examples.ts";
import type { ReportOptions, RunReport } from "../../domain/runs/run-report.ts";
import type { EpochRecord } from "../../domain/runs/training-progress.ts";
import { changedDrawings } from "../routes/changed-drawings.ts";
import { exampleProps } from "../routes/example-props.ts";
import { reportsOf } from "../routes/reports.ts";
import { worstOf } from "../routes/run-examples.ts";

/** Number of worst mistakes shown per set. */
const WORST = 60;
/** Number of drawings that the candidate fixed, and broke. */
const CHANGED = 24;
/** Number of examples per cell of a confusion matrix; cells of correct predictions have none. */
const PER_CELL = 8;

/** The parts of a report that are not results of the run. */
export interface ReportSurroundings extends ReportOptions {
  /** All styles, because the page loads no files. */
  css: string;
}

/** Draws the report of a training run as a single HTML file, with all styles and images inside. */
export async function renderReport(report: RunReport, surroundings: ReportSurroundings): Promise<string> {
  const { best_epoch: bestEpoch, history } = report.training;
  const evaluated = Object.entries(report.examples).filter(([set]) => !isOfChanged(set));
  const html = await ReportDocument({
    ...surroundings,
    curves: {
      losses: curveOf(history, "loss"),
      learningRates: curveOf(history, "learning_rate"),
      speeds: curveOf(history, "samples_per_s"),
      epochs: history.map((record) => ({
        epoch: record.epoch,
        loss: record.loss,
        valLoss: record.val_loss,
        valAccuracy: record.val_accuracy,
        learningRate: record.learning_rate ?? null,
        samplesPerS: record.samples_per_s,
      })),
      epochCount: history.length,
      bestEpoch,
      isOver: true,
    },
    drawings: report.drawings,
    reports: reportsOf(report.metrics),
    worst: Object.fromEntries(evaluated.map(([set, examples]) => [set, worstOf(examples, WORST)])),
    cells: cellsOf(evaluated),
    changed: changedDrawings(report.examples, CHANGED, () => null),
    gate: report.gate,
  });
  return `<!doctype html>${html}\n`;
}

function curveOf(history: readonly EpochRecord[], key: "loss" | "learning_rate" | "samples_per_s") {
  return history.flatMap((record) =>
    typeof record[key] === "number" ? [{ x: record.epoch, y: record[key] }] : [],
  );
}

/** The mistakes of every cell, in the order of the confusion matrix. */
function cellsOf(evaluated: readonly [string, Examples][]): CellExamples[] {
  return evaluated.flatMap(([set, kept]) => {
    const places = kept.answers.flatMap((answer, i) => (answer.true === answer.predicted ? [] : [i]));
    const byCell = Map.groupBy(places, (i) => `${kept.answers[i]!.true} ${kept.answers[i]!.predicted}`);
    return [...byCell.values()]
      .map((cell) => {
        const props = cell.slice(0, PER_CELL).map((i) => exampleProps(kept, i));
        const { label, predicted } = props[0]!;
        return { set, label, predicted, examples: props, order: kept.answers[cell[0]!]! };
      })
      .sort((a, b) => a.order.true - b.order.true || a.order.predicted - b.order.predicted)
      .map(({ order: _, ...cell }) => cell);
  });
}
