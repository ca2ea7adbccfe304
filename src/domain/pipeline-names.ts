/** The pipeline that runs by default, as in Kedro. It is the only built-in pipeline that a project may replace. */
export const DEFAULT_PIPELINE = "__default__";

/** Fine-tunes the champion on new labels, and lets the gate decide about the candidate. */
export const TUNING = "tuning";

/** Trains the first model of a project, on labelled drawings only. */
export const FIRST = "first";

/** The pipelines that train on labels: a label is new until one of them has trained on it. */
export const LEARNING_PIPELINES = [TUNING, FIRST] as const;

/** Measures how mistakes become fewer with more labels, by cross-validation; its models are not kept. */
export const CURVE = "curve";

/** Makes the map of the drawings; it trains nothing. */
export const MAP = "map";
