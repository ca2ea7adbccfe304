import { type Decision, decide, type Situation } from "./schedule.ts";

/** What it takes to train a model from zero. */
export interface FirstModelNeeds {
  classes: readonly string[];
  /** Labelled drawings to train on, of each class and in all. */
  perClass: number;
  total: number;
}

/** How far a project without a model is. */
export interface FirstModelProgress {
  perClass: number;
  /** In all: at least `perClass` of each class. */
  total: number;
  /** Drawings to train on of each class, in the order of the classes. */
  classes: readonly { label: string; n: number }[];
  /** All of them. */
  n: number;
  /** Drawings that are kept to judge with: these do not count. */
  heldOut: number;
  /** Whether a model can be trained. */
  isEnough: boolean;
}

export function firstModelProgress(
  { toTrain, heldOut }: { toTrain: Readonly<Record<string, number>>; heldOut: number },
  needs: FirstModelNeeds,
): FirstModelProgress {
  const { perClass } = needs;
  const classes = needs.classes.map((label) => ({ label, n: toTrain[label] ?? 0 }));
  const n = classes.reduce((sum, one) => sum + one.n, 0);
  const total = Math.max(needs.total, perClass * classes.length);
  const isEnough = n >= total && classes.every((one) => one.n >= perClass);
  return { perClass, total, classes, n, heldOut, isEnough };
}

/**
 * Whether to train a first model now. After one that was made and refused by the gate, as many new labels as one class
 * needs must come in before the next: the same drawings would only make the same model.
 */
export function decideFirst(situation: Situation, progress: FirstModelProgress): Decision {
  const { isEnough, perClass, n, total } = progress;
  if (isEnough || situation.runningRunId !== null) return decide({ ...situation, threshold: perClass });
  const few = progress.classes.filter((one) => one.n < perClass).map((one) => `${one.label} ${one.n}`);
  const missing = few.length === 0 ? "" : `; fewer than ${perClass} of ${few.join(", ")}`;
  return {
    decision: "too_few",
    detail: `there is no model yet: ${n} of ${total} labels for a first one are in${missing}`,
  };
}
