import type { Evaluation, Metrics } from "../metrics.ts";
import { setOfChampion } from "../metrics.ts";
import type { Run } from "./run.ts";
import { leaves } from "./run-inputs.ts";

/** Limit of runs that are compared at once. */
export const MAX_COMPARED = 5;
/** Limit of the cells of a confusion matrix that are listed. */
const MAX_CELLS = 12;

/** A run to compare. */
export interface RunToCompare {
  run: Run;
  /** The parameters in effect that its pipeline reads, in groups; the given ones of a run that never started. */
  parameters: Readonly<Record<string, unknown>>;
  /** Whether only the given parameters are known, because the run never started: the others are not compared. */
  isPartial: boolean;
  /** Those of the run and of its model. */
  evaluations: Metrics["evaluations"];
}

/** A parameter of several runs. */
export interface ComparedParameter {
  /** With dots. */
  name: string;
  /** In the order of the runs; undefined where a run has no such parameter, or it is not known. */
  values: readonly unknown[];
  /** Whether the known values differ. */
  isDifferent: boolean;
}

/** The scores of several runs on one set, in the order of the runs; null where it was not evaluated. */
export interface ComparedScores {
  set: string;
  scores: readonly (Score | null)[];
}

interface Score {
  /** 0..1 */
  accuracy: number;
  /** Images. */
  n: number | null;
  loss: number | null;
}

/** A cell of the confusion matrices of several runs. */
interface ComparedCell {
  label: string;
  predicted: string;
  /** Images, in the order of the runs; null where a run has no confusion matrix of these classes. */
  counts: readonly (number | null)[];
}

/** Where the confusion matrices of several runs on one set differ. */
export interface ComparedConfusion {
  set: string;
  /** The mistakes whose number differs most; at most 12. */
  cells: readonly ComparedCell[];
}

/** A comparison of runs. */
export interface RunComparison {
  /** In the order of the runs: whether only the given parameters of it are known. */
  isPartial: readonly boolean[];
  /** Those that differ first, then by name. */
  parameters: readonly ComparedParameter[];
  scores: readonly ComparedScores[];
  confusion: readonly ComparedConfusion[];
}

/** Compares runs: their parameters, their scores, and where their confusion matrices differ. */
export function compareRuns(runs: readonly RunToCompare[]): RunComparison {
  const sets = [...new Set(runs.flatMap(({ evaluations }) => Object.keys(evaluations)))].filter(
    (set) => setOfChampion(set) === null,
  );
  return {
    isPartial: runs.map(({ isPartial }) => isPartial),
    parameters: comparedParameters(runs),
    scores: sets.map((set) => ({ set, scores: runs.map(({ evaluations }) => scoreOf(evaluations[set])) })),
    confusion: sets.map((set) => comparedConfusion(set, runs)).filter(({ cells }) => cells.length > 0),
  };
}

function comparedParameters(runs: readonly RunToCompare[]): ComparedParameter[] {
  const values = runs.map(({ parameters }) => new Map(leaves(parameters)));
  const names = [...new Set(values.flatMap((own) => [...own.keys()]))];
  const compared = names.map((name) => {
    const own = values.map((each) => each.get(name));
    const known = own.filter((value, i) => value !== undefined || !runs[i]!.isPartial);
    return { name, values: own, isDifferent: new Set(known.map((value) => JSON.stringify(value))).size > 1 };
  });
  return compared.sort(
    (a, b) => Number(b.isDifferent) - Number(a.isDifferent) || a.name.localeCompare(b.name, "en"),
  );
}

function scoreOf(evaluation: Evaluation | undefined): Score | null {
  if (evaluation === undefined) return null;
  const { accuracy, n = null, loss = null } = evaluation;
  return { accuracy, n, loss };
}

function comparedConfusion(set: string, runs: readonly RunToCompare[]): ComparedConfusion {
  const matrices = runs.map(({ evaluations }) => matrixOf(evaluations[set]));
  const first = matrices.find((matrix) => matrix !== null) ?? null;
  if (first === null) return { set, cells: [] };
  const { labels } = first;
  const comparable = matrices.map((matrix) =>
    matrix !== null && matrix.labels.join("\n") === labels.join("\n") ? matrix.rows : null,
  );
  const cells = labels.flatMap((label, i) =>
    labels.flatMap((predicted, k) =>
      i === k ? [] : [{ label, predicted, counts: comparable.map((rows) => rows?.[i]?.[k] ?? null) }],
    ),
  );
  const different = cells.map((cell) => ({ cell, by: spread(cell.counts) })).filter(({ by }) => by > 0);
  different.sort((a, b) => b.by - a.by);
  return { set, cells: different.slice(0, MAX_CELLS).map(({ cell }) => cell) };
}

function matrixOf(evaluation: Evaluation | undefined) {
  const { confusion = [], per_class = [] } = evaluation ?? {};
  if (confusion.length === 0 || per_class.length !== confusion.length) return null;
  return { labels: per_class.map(({ label }) => label), rows: confusion };
}

/** The largest difference between two counts. */
function spread(counts: readonly (number | null)[]): number {
  const known = counts.filter((count) => count !== null);
  return known.length < 2 ? 0 : Math.max(...known) - Math.min(...known);
}
