export interface Registered {
  metrics: Record<string, unknown>;
  modelVersion: number | null;
  isPromoted: boolean;
}
