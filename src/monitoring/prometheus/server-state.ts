/** The state of a server at one moment, as gauges show it. */
export interface ServerState {
  /** The live version; null without a model. */
  championVersion: number | null;
  /** Labelled samples by side of the split, and drawings of none of the classes. */
  samples: { train: number; holdout: number; negative: number };
  /** Runs by status. */
  runs: Readonly<Record<string, number>>;
  scheduler: {
    isPaused: boolean;
    isRunning: boolean;
    newSamples: number;
    /** Null when the number of labels starts no training. */
    threshold: number | null;
    failures: number;
  };
  /** Predictions that were labelled, of all time. */
  labelled: { n: number; correct: number };
  /** Personal memory: people, their drawings, and bytes of features. */
  memory: { people: number; drawings: number; bytes: number };
  /** Null before the first check of the live version. */
  drift: { isDetected: boolean; psi: Readonly<Record<string, number>> } | null;
}
