/** The pipeline that runs when none is named, as in Kedro. A project may replace this built-in one, and no other. */
export const DEFAULT_PIPELINE = "__default__";

/** Fine-tunes the champion on new labels, and asks the gate. */
export const TUNING = "tuning";

/** Trains a first model on labelled drawings alone, where there is none yet. */
export const FIRST = "first";

/** The pipelines that learn from labels: a label is new until one of them has trained on it. */
export const LEARNING_PIPELINES = [TUNING, FIRST] as const;
