/** The training drawings required for a model trained from scratch. */
export interface FirstModelNeeds {
  classes: readonly string[];
  /** Labelled training drawings, of each class and in total. */
  perClass: number;
  total: number;
}

/** Progress of a project without a model towards its first one. */
export interface FirstModelProgress {
  perClass: number;
  /** Required in total: at least `perClass` of each class. */
  total: number;
  /** Training drawings of each class, in the order of the classes. */
  classes: readonly { label: string; n: number }[];
  /** Training drawings of all classes. */
  n: number;
  /** Held-out drawings: these do not count. */
  heldOut: number;
  /** Whether there are enough drawings to train a model. */
  isEnough: boolean;
}

/** Compares the labelled drawings with the requirements. @param toTrain training drawings by label. */
export function firstModelProgress(
  { toTrain, heldOut }: { toTrain: Readonly<Record<string, number>>; heldOut: number },
  needs: FirstModelNeeds,
): FirstModelProgress {
  const { perClass } = needs;
  const drawn = new Map(Object.entries(toTrain));
  const classes = needs.classes.map((label) => ({ label, n: drawn.get(label) ?? 0 }));
  const n = classes.reduce((sum, one) => sum + one.n, 0);
  const total = Math.max(needs.total, perClass * classes.length);
  const isEnough = n >= total && classes.every((one) => one.n >= perClass);
  return { perClass, total, classes, n, heldOut, isEnough };
}
