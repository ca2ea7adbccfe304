export interface StoredPrediction {
  id: string;
  label: string;
  confidence: number;
  modelVersion: number;
  createdAt: string;
}
