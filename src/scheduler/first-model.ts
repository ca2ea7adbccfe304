/** The labelled drawings required for a first model. */
export interface FirstModelNeeds {
  classes: readonly string[];
  /** Labelled drawings, of each class and in total. */
  perClass: number;
  total: number;
  /** Share of the writers whose drawings are held out for evaluation, in [0, 1). */
  holdoutFraction: number;
}

/** How many drawings have which label. */
export interface LabelCounts {
  /** All labelled drawings, held-out ones included. */
  byLabel: Readonly<Record<string, number>>;
  /** Those that are not held out. */
  toTrain: Readonly<Record<string, number>>;
}

/** Progress of a project without a model towards its first one. Every number is what a person has labelled. */
export interface FirstModelProgress {
  perClass: number;
  /** Required in total; more than the sum of `perClass` where more than that is expected to be needed. */
  total: number;
  /**
   * Labelled drawings of each class, in the order of the classes. `of` is how many are expected to be needed: more than
   * `perClass` when so many of them are held out that too few are left to train on.
   */
  classes: readonly { label: string; n: number; of: number }[];
  /** Labelled drawings of all classes. */
  n: number;
  /** How many of `n` are held out for evaluation. */
  heldOut: number;
  /** Whether there are enough drawings to train a model. */
  isEnough: boolean;
}

/** The least share of `perClass` that must be left to train on, whoever is held out. */
const LEAST_TO_TRAIN = 0.5;

/**
 * Compares the labelled drawings with the requirements. Held-out drawings count, because a person who labels does not see
 * which these are; but of each class, half of the required number must be left to train on.
 */
export function firstModelProgress(counts: LabelCounts, needs: FirstModelNeeds): FirstModelProgress {
  const { perClass, holdoutFraction } = needs;
  const [all, training] = [new Map(Object.entries(counts.byLabel)), new Map(Object.entries(counts.toTrain))];
  const least = Math.ceil(LEAST_TO_TRAIN * perClass);
  const classes = needs.classes.map((label) => {
    const n = all.get(label) ?? 0;
    const lacking = Math.max(0, least - (training.get(label) ?? 0));
    return { label, n, of: Math.max(perClass, lacking > 0 ? n + expected(lacking, holdoutFraction) : 0) };
  });
  const n = classes.reduce((sum, one) => sum + one.n, 0);
  const trained = needs.classes.reduce((sum, label) => sum + (training.get(label) ?? 0), 0);
  const more = classes.reduce((sum, one) => sum + Math.max(0, one.of - one.n), 0);
  const required = Math.max(needs.total, perClass * classes.length);
  const total = Math.max(required, more > 0 ? n + more : 0);
  return { perClass, total, classes, n, heldOut: n - trained, isEnough: n >= required && more === 0 };
}

/** How many drawings are expected to leave `lacking` to train on. */
function expected(lacking: number, holdoutFraction: number): number {
  return Math.ceil(lacking / (1 - holdoutFraction) - 1e-9);
}
