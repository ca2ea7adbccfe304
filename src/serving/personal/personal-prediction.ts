import type { Prediction } from "../prediction.ts";

/** The part of a person's remembered drawings in an answer. */
interface PersonalPart {
  /** Whether remembered drawings support the label that is shown. */
  used: boolean;
  /** Number of drawings that are remembered. */
  n: number;
  /** The label of the model alone, when memory has changed it; otherwise null. */
  changedFrom: string | null;
  /** Remembered drawings with their part in the evidence, in nats, the greatest first. */
  spoke: readonly { id: string; label: string; nats: number }[];
}

/** A prediction for a person. */
export interface PersonalPrediction {
  /** The model's own: what the gate, monitoring and the ranking of labels go by. */
  prediction: Prediction;
  /** The answer to show: the model's, with what memory says, also against it. The same object when memory says nothing. */
  shown: Prediction;
  /** Null when it is nobody's in particular. */
  personal: PersonalPart | null;
}
