import type { EvaluationExamples } from "../../../views/fragments/evaluation.tsx";
import type { ExampleProps } from "../../../views/fragments/example-sheet.tsx";
import type { ExamplesOfProps } from "../../../views/fragments/examples-of.tsx";
import type { ChangedProps } from "../../../views/fragments/models/changed-sheet.tsx";
import { type Examples, isOfChanged } from "../../domain/examples.ts";
import { NotFoundError } from "../../lib/errors.ts";
import type { AppDeps } from "../deps.ts";
import { CHANGED_AT_ONCE, changedDrawings } from "./changed-drawings.ts";
import { exampleProps } from "./example-props.ts";

/** Number of mistakes per set on the page of a run or a model. */
const WORST_AT_ONCE = 24;
/** Number of mistakes on the page of examples. */
const WORST_OF_ALL = 100;

/** A run's examples, with the drawings that its candidate fixed and broke; null where the run saved none of those. */
export type RunExamples = EvaluationExamples & { changed: ChangedProps | null };

/** A cell of a confusion matrix. */
interface Cell {
  label: string;
  predicted: string;
}

/** The requested examples. */
export interface ExamplesQuery<C = Cell> {
  set: string;
  /** A cell of the confusion matrix; null for the worst mistakes of all. */
  cell: C | null;
}

/** A run's examples for its page; null when it has none. */
export async function runExamples(deps: AppDeps, runId: string | null): Promise<RunExamples | null> {
  if (runId === null || deps.results === undefined) return null;
  try {
    const sets = await deps.results.examples(runId);
    const evaluated = Object.entries(sets).filter(([set]) => !isOfChanged(set));
    return {
      worst: Object.fromEntries(evaluated.map(([set, examples]) => [set, worstOf(examples, WORST_AT_ONCE)])),
      href: (set, cell) => (Object.hasOwn(sets, set) ? examplesPath(runId, { set, cell }) : null),
      isLive: true,
      changed: changedDrawings(sets, CHANGED_AT_ONCE, (kind) =>
        examplesPath(runId, { set: kind, cell: null }),
      ),
    };
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

/** The path of the page of examples. */
function examplesPath(runId: string, { set, cell }: ExamplesQuery): string {
  const query = new URLSearchParams({ set, ...(cell && { true: cell.label, predicted: cell.predicted }) });
  return `/runs/${encodeURIComponent(runId)}/examples?${query}`;
}

/** A cell, a row or a column of the matrix. */
type PartOfMatrix = { [K in keyof Cell]: Cell[K] | undefined };

/**
 * Finds the requested examples.
 * @returns all examples of the set, and the indices of the requested ones.
 * @throws {NotFoundError} when the run has no examples of that set, or the set has no such class; it names the others.
 */
export async function findExamples(
  deps: Pick<AppDeps, "results">,
  runId: string,
  { set, cell }: ExamplesQuery<PartOfMatrix>,
): Promise<{ examples: Examples; found: number[] }> {
  if (deps.results === undefined) throw new NotFoundError(`Run ${runId} has no examples`);
  const sets = await deps.results.examples(runId);
  const examples = Object.hasOwn(sets, set) ? sets[set] : undefined;
  if (examples === undefined) {
    throw new NotFoundError(
      `Run ${runId} has no examples of "${set.slice(0, 100)}". There are: ${Object.keys(sets).join(", ")}`,
    );
  }
  const { answers } = examples;
  const indices = answers.map((_, i) => i);
  if (cell === null && isOfChanged(set)) return { examples, found: indices };
  if (cell === null) {
    return {
      examples,
      found: indices.filter((i) => answers[i]!.true !== answers[i]!.predicted).slice(0, WORST_OF_ALL),
    };
  }
  const isOf = (found: number, label: string | undefined) =>
    label === undefined || found === classOf(examples, label);
  return {
    examples,
    found: indices.filter(
      (i) => isOf(answers[i]!.true, cell.label) && isOf(answers[i]!.predicted, cell.predicted),
    ),
  };
}

/** The props of the requested examples. @throws {NotFoundError} as `findExamples`. */
export async function shownExamples(
  deps: AppDeps,
  runId: string,
  query: ExamplesQuery,
): Promise<Omit<ExamplesOfProps, "text">> {
  const { examples, found } = await findExamples(deps, runId, query);
  return { ...query, examples: found.map((i) => exampleProps(examples, i)) };
}

/** The props of the `n` worst mistakes, or of all when there are fewer. */
export function worstOf(examples: Examples, n: number): ExampleProps[] {
  const { answers } = examples;
  // Mistakes come first, and correct predictions after them.
  const mistakes = answers.filter((answer) => answer.true !== answer.predicted).length;
  return Array.from({ length: Math.min(n, mistakes) }, (_, i) => exampleProps(examples, i));
}

function classOf({ classes }: Examples, label: string): number {
  const found = classes.indexOf(label);
  if (found >= 0) return found;
  throw new NotFoundError(`There is no class "${label.slice(0, 100)}". There are: ${classes.join(", ")}`);
}
