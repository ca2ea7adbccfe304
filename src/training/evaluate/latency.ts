import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import { fromArtifacts } from "../model/artifacts.ts";
import { predictLogits } from "./predict.ts";

/** Images before the measurement: the first ones also compile and allocate. */
const WARM_UP = 5;
const MEASURED = 31;

/** Measures the median time of one image, alone, in milliseconds. @throws {ModelLoadError} when the model is damaged. */
export async function latencyMs(artifacts: ModelArtifacts): Promise<number> {
  const model = fromArtifacts(artifacts);
  try {
    const { rows, cols } = artifacts.userDefinedMetadata;
    const image = Uint8Array.from({ length: rows * cols }, (_, i) => (i * 37) % 256);
    const set = { rows, cols, images: image, labels: new Uint8Array(1) };
    const times: number[] = [];
    for (let i = 0; i < WARM_UP + MEASURED; i++) {
      const started = performance.now();
      await predictLogits(model, set);
      if (i >= WARM_UP) times.push(performance.now() - started);
    }
    return times.sort((a, b) => a - b)[MEASURED >> 1]!;
  } finally {
    model.dispose();
  }
}
