import type { ReportProps } from "../../../views/fragments/report.ts";
import {
  APP_HOLDOUT,
  championSet,
  type Evaluation,
  type Metrics,
  MNIST_TEST,
  setOfChampion,
} from "../../domain/metrics.ts";

/** The first sets on a page. Other sets follow in their own order. */
const ORDER = [MNIST_TEST, APP_HOLDOUT];

type Evaluations = Metrics["evaluations"];

/** Every evaluation of a run or a model by the name of its set, each with that of the champion at the time. */
export function reportsOf(evaluations: Evaluations): Record<string, ReportProps> {
  const names = [...new Set([...ORDER, ...Object.keys(evaluations)])];
  const own = names.filter((name) => setOfChampion(name) === null);
  const reports = own.map((name) => [name, reportOf(evaluations, name)] as const);
  return Object.fromEntries(reports.filter((entry): entry is [string, ReportProps] => entry[1] !== null));
}

/** The evaluation on one set; null when there is none. */
export function reportOf(evaluations: Evaluations, set: string): ReportProps | null {
  const evaluation = evaluations[set];
  if (evaluation === undefined) return null;
  const before = evaluations[championSet(set)];
  return { ...propsOf(evaluation), before: before === undefined ? null : propsOf(before) };
}

function propsOf({ n, accuracy, loss, per_class, confusion, calibration }: Evaluation): ReportProps {
  return {
    n: n ?? null,
    accuracy,
    loss: loss ?? null,
    perClass: per_class ?? [],
    confusion: confusion ?? [],
    calibration: calibration ?? null,
    before: null,
  };
}
