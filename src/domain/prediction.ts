/** A prediction of the server, stored for a while so that a label can refer to it. */
export interface StoredPrediction {
  id: string;
  label: string;
  /** 0..1. */
  confidence: number;
  modelVersion: number;
  /** ISO 8601, UTC. */
  createdAt: string;
}
