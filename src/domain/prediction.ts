/** A prediction of the server, stored for a while so that a label can refer to it. */
export interface StoredPrediction {
  id: string;
  /** The model's. */
  label: string;
  /** 0..1, of `label`. */
  confidence: number;
  /** The answer that was shown, where the memory of the person had a part in it; otherwise null. */
  shown: { label: string; confidence: number } | null;
  modelVersion: number;
  /** ISO 8601, UTC. */
  createdAt: string;
}
