import { decodeLearningCurve, type LearningCurve } from "../domain/learning/learning-curve.ts";
import type { CurveReport, LearningOverview, PersonProgress } from "../domain/learning/overview.ts";
import { CURVE } from "../domain/pipeline-names.ts";
import type { Run } from "../domain/runs/run.ts";
import type { RunResults } from "../domain/runs/run-results.ts";
import type { Store } from "../domain/store.ts";
import type { Clock } from "../lib/clock.ts";
import { type FittedCurve, fittedCurve, forecast, lineOf, NEXT } from "./curve/forecast.ts";
import { heldOutPoints } from "./held-out-points.ts";
import { classCounts, liveSince, rangeSince } from "./live-counts.ts";
import { rankNeeds } from "./needs/rank-needs.ts";
import { GROUP, personProgress } from "./person-progress.ts";

/** Everything that the report needs. */
export interface LearningDeps {
  store: Pick<Store, "learning" | "models" | "monitoring" | "runs" | "samples">;
  results: Pick<RunResults, "learningCurve">;
  clock: Clock;
  /** The live version; null without a model. */
  liveVersion(): number | null;
}

/** Reports what labels have brought. */
export interface Learning {
  overview(): Promise<LearningOverview>;
  /** @returns null when the writer has no labelled drawing. */
  person(writer: string): Promise<PersonProgress | null>;
}

/** Versions that are read, the newest ones. */
const MAX_VERSIONS = 50;
/** Writers that are counted, those with the most labels, and writers that are listed. */
const MAX_WRITERS = 1_000;
const MAX_ROWS = 20;
/** Drawings of a person that are read, the newest ones. */
const MAX_DRAWINGS = 50 * GROUP;

/** Creates the report. It holds the newest measured curve, with its fit. */
export function createLearning(deps: LearningDeps): Learning {
  const { store, clock, liveVersion } = deps;
  const measured = newestCurve(deps);
  return {
    async overview() {
      const version = liveVersion();
      const since = version === null ? null : await liveSince(store, version);
      const range = rangeSince(since, clock.now());
      const [stats, versions, curve, cells, writers, buckets, names] = await Promise.all([
        store.samples.stats(),
        store.learning.evaluated(MAX_VERSIONS),
        measured(),
        store.monitoring.labels(ALL_TIME),
        store.monitoring.writers(range, MAX_WRITERS),
        store.monitoring.labelBuckets(range),
        store.monitoring.writers(ALL_TIME, MAX_ROWS),
      ]);
      const { train, holdout } = stats.bySplit;
      const named = writers.flatMap(({ writer, n, correct }) =>
        writer === null ? [] : { key: writer, n, wrong: n - correct },
      );
      const all = { n: sumOf(buckets, "n"), wrong: sumOf(buckets, "n") - sumOf(buckets, "correct") };
      const besides = { n: all.n - sumOf(named, "n"), wrong: all.wrong - sumOf(named, "wrong") };
      const own = versions.find((one) => one.version === version);
      const ranked = rankNeeds(named, besides);
      const share = train + holdout === 0 ? 1 : train / (train + holdout);
      return {
        labels: { train, holdout },
        heldOut: heldOutPoints(versions),
        curve: curve && reportOf(curve, train + NEXT * share),
        forecast:
          curve === null
            ? { kind: "none", reason: "not_measured", values: {} }
            : forecast(curve.fitted, train, share),
        ...{ liveVersion: version, since, inTraining: stats.byLabelInTrain },
        classes: rankNeeds(version === null ? [] : classCounts(version, cells, own)),
        writers: { ...ranked, rows: ranked.rows.slice(0, MAX_ROWS) },
        unnamed: writers.find(({ writer }) => writer === null)?.n ?? 0,
        names: names.flatMap(({ writer }) => writer ?? []),
      };
    },
    async person(writer) {
      const read = await store.learning.person(writer, MAX_DRAWINGS);
      return read.total === 0 ? null : personProgress(writer, read);
    },
  };
}

const ALL_TIME = { span: "all", start: "" } as const;

function sumOf<Key extends string>(rows: readonly Record<Key, number>[], key: Key): number {
  return rows.reduce((sum, row) => sum + row[key], 0);
}

interface Measured {
  run: Run;
  curve: LearningCurve;
  fitted: FittedCurve;
}

/** Reads the newest curve that a run has measured; once per run, because the fits take longer than everything else. */
function newestCurve({ store, results }: LearningDeps): () => Promise<Measured | null> {
  let held: Measured | null = null;
  return async () => {
    const { runs } = await store.runs.list({ pipeline: CURVE, status: "done", limit: 1 });
    const run = runs[0];
    if (run === undefined) return null;
    if (held?.run.id === run.id) return held;
    const curve = decodeLearningCurve(await results.learningCurve(run.id));
    held = curve && { run, curve, fitted: fittedCurve(curve) };
    return held;
  };
}

function reportOf({ run, curve, fitted }: Measured, next: number): CurveReport {
  const { by, folds, drawings, held_out, groups, trained, seconds, labels } = curve;
  const { points, fit } = fitted;
  const to = Math.max(next, labels.at(-1)!);
  return {
    runId: run.id,
    at: run.finishedAt ?? run.createdAt,
    ...{ by, folds, drawings, heldOut: held_out, groups, trained, seconds, points },
    line: lineOf(fit, to),
  };
}
