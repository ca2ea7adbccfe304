import type { ImageSet } from "../../domain/image-set.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { AppData, SampleRef } from "../../domain/samples/app-data.ts";
import type { ScreeningMark } from "../../domain/samples/review.ts";
import type { LabelMarks, ScreeningReport, SideReport } from "../../domain/samples/screening-report.ts";
import type { NodeContext } from "../../engine/pipeline/node-spec.ts";
import { saying } from "../../lib/saying.ts";
import { type LeftOut, type Screening, screen } from "../../model-registry/screening/screen.ts";
import type { ScreeningParams } from "../../model-registry/screening/screening-params.ts";
import { answersTo, type LabelAnswer, rankSuspects } from "../../model-registry/screening/suspects.ts";
import type { Training } from "../../training/training.ts";
import { take } from "../image-sets.ts";

/** Suspect labels that the report names, at most; the store has all of them. */
const MOST_NAMED = 1_000;

/** Inputs of the node screen_labels. */
export interface ScreenLabelsInputs {
  app_data: AppData;
  /** The base model, or else the champion; null while there is neither. */
  model: ModelArtifacts | null;
  classes: readonly string[];
  /** Null turns screening off. */
  screening: ScreeningParams | null;
}

/** The outputs of the node screen_labels. */
export interface Screened {
  screened_data: AppData;
  screening: ScreeningReport;
  label_marks: LabelMarks;
}

/**
 * Screens labels before anything trains on them: what is suspect goes to review. The base model decides, because
 * no label can have changed it; where there is none, the champion, which has not seen the new labels. A label that a person
 * has confirmed, or that has passed before, is not screened again.
 */
export function screenLabels(training: Training) {
  return async (inputs: ScreenLabelsInputs, context: NodeContext): Promise<Screened> => {
    const { app_data, model, classes, screening } = inputs;
    if (screening === null) return unscreened(app_data);
    const sides: SideOutcome[] = [];
    for (const side of ["train", "holdout"] as const) {
      const set = app_data[side];
      const refs = app_data.samples?.[side] ?? null;
      const groups =
        (side === "train" ? app_data.groups : app_data.holdoutGroups) ?? Uint32Array.from(set.labels.keys());
      const answers = await answersOf(training, model, set, classes, context.signal);
      const isScreened = Array.from(set.labels, (_, i) => refs?.[i]?.isScreened ?? false);
      const result = screen({ ...set, side, groups, isScreened, answers }, screening, classes);
      sides.push({ side, set, refs, groups, answers, isScreened, result });
    }
    const [train, holdout] = sides as [SideOutcome, SideOutcome];
    const report: ScreeningReport = {
      is_screened: model !== null,
      train: countsOf(train),
      holdout: countsOf(holdout),
      suspects: sides
        .flatMap((outcome) => suspectsOf(outcome, screening, classes))
        .sort((a, b) => a.p - b.p)
        .slice(0, MOST_NAMED),
    };
    tell(report, context);
    return {
      screened_data: keptOf(app_data, train, holdout),
      screening: report,
      label_marks: { marks: sides.flatMap((outcome) => marksOf(outcome, classes)) },
    };
  };
}

interface SideOutcome {
  side: "train" | "holdout";
  set: ImageSet;
  refs: readonly SampleRef[] | null;
  groups: Uint32Array;
  answers: readonly (LabelAnswer | null)[];
  isScreened: readonly boolean[];
  result: Screening;
}

async function answersOf(
  training: Training,
  model: ModelArtifacts | null,
  set: ImageSet,
  classes: readonly string[],
  signal: AbortSignal,
): Promise<(LabelAnswer | null)[]> {
  if (model === null || set.labels.length === 0) return Array.from(set.labels, () => null);
  const known = model.userDefinedMetadata.classes;
  const probabilities = await training.probabilities(model, set, signal);
  return answersTo(
    probabilities,
    set.labels,
    classes.map((name) => known.indexOf(name)),
  );
}

function countsOf({ result: { leftOut, isSuspect, n, reason } }: SideOutcome): SideReport {
  const of = (why: LeftOut) => leftOut.filter((one) => one === why).length;
  return {
    n,
    suspect: isSuspect.filter(Boolean).length,
    writer_held: of("writer_held"),
    writer_cap: of("writer_cap"),
    near_duplicate: of("near_duplicate"),
    used: leftOut.filter((one) => one === null).length,
    reason,
  };
}

function suspectsOf(
  { side, refs, answers, isScreened }: SideOutcome,
  { suspect_below }: ScreeningParams,
  classes: readonly string[],
): ScreeningReport["suspects"] {
  const fresh = answers.map((answer, i) => (isScreened[i] === true ? null : answer));
  return rankSuspects(fresh, suspect_below).map((i) => {
    const { label, predicted, p } = answers[i]!;
    return { id: refs?.[i]?.id ?? null, side, label: classes[label]!, reading: classes[predicted]!, p };
  });
}

/** The marks of new labels for the store. Those of a batch in review are all held, the suspect ones marked as such. */
function marksOf(
  { set, refs, answers, isScreened, result }: SideOutcome,
  classes: readonly string[],
): ScreeningMark[] {
  return (refs ?? []).flatMap(({ id }, i) => {
    if (isScreened[i] === true) return [];
    const answer = answers[i] ?? null;
    const why = result.leftOut[i];
    const isHeld = result.reason !== null || why === "writer_held";
    const state = result.isSuspect[i] === true ? "suspect" : isHeld ? "held" : "passed";
    const reading = answer === null ? null : (classes[answer.predicted] ?? null);
    return [{ id, label: classes[set.labels[i]!]!, state, reading, p: answer?.p ?? null }];
  });
}

function keptOf(app: AppData, train: SideOutcome, holdout: SideOutcome): AppData {
  const kept = ({ result }: SideOutcome) =>
    Uint32Array.from(result.leftOut.keys()).filter((i) => result.leftOut[i] === null);
  const [inTrain, inHoldout] = [kept(train), kept(holdout)];
  const groupsAt = (groups: Uint32Array, indices: Uint32Array) =>
    Uint32Array.from(indices, (i) => groups[i]!);
  return {
    ...app,
    train: take(app.train, inTrain),
    holdout: take(app.holdout, inHoldout),
    groups: groupsAt(train.groups, inTrain),
    holdoutGroups: groupsAt(holdout.groups, inHoldout),
    ...(app.samples && {
      samples: {
        ...app.samples,
        train: Array.from(inTrain, (i) => app.samples!.train[i]!),
        holdout: Array.from(inHoldout, (i) => app.samples!.holdout[i]!),
        leftOut: [train, holdout].flatMap(leftOutOf),
      },
    }),
  };
}

function leftOutOf({ refs, result }: SideOutcome): { id: string; reason: string }[] {
  return (refs ?? []).flatMap(({ id }, i) => {
    const reason = result.leftOut[i] ?? null;
    return reason === null ? [] : [{ id, reason }];
  });
}

/** With screening turned off, every label is used, and none is marked. */
function unscreened(app: AppData): Screened {
  const counts = (set: ImageSet): SideReport => ({
    ...{ n: 0, suspect: 0, writer_held: 0, writer_cap: 0, near_duplicate: 0 },
    used: set.labels.length,
    reason: null,
  });
  return {
    screened_data: app,
    screening: {
      is_screened: false,
      train: counts(app.train),
      holdout: counts(app.holdout),
      suspects: [],
    },
    label_marks: { marks: [] },
  };
}

function tell({ train, holdout }: ScreeningReport, context: NodeContext): void {
  const n = train.n + holdout.n;
  const suspects = train.suspect + holdout.suspect + train.writer_held + holdout.writer_held;
  context.log(`Screened ${n} new labels: ${suspects} go to review`, saying("screened", { n, suspects }));
  for (const { reason } of [train, holdout]) {
    if (reason !== null) context.log(reason.detail, reason.says && saying("held", { reason: reason.says }));
  }
}
