import { UsageError } from "../../lib/errors.ts";

/** The parameters that training and fine-tuning share. */
export interface FitParams {
  classes: readonly string[];
  epochs: number;
  batchSize: number;
  /** Of the first step; it then falls along half a cosine, to zero after the last. */
  learningRate: number;
  seed: number;
  /** Epochs without improvement after which training stops; 0 never stops early. No effect without validation. */
  patience: number;
}

/** @throws {UsageError} naming the invalid value. */
export function requireFitParams(params: FitParams): void {
  requireCount("the number of epochs", params.epochs);
  requireCount("the batch size", params.batchSize);
  if (!Number.isFinite(params.learningRate) || params.learningRate <= 0) {
    throw new UsageError(
      `Cannot train: the learning rate must be a number above 0, found ${params.learningRate}`,
    );
  }
  if (!Number.isInteger(params.patience) || params.patience < 0) {
    throw new UsageError(
      `Cannot train: patience must be a whole number of epochs, or 0 for none, found ${params.patience}`,
    );
  }
  if (!Number.isSafeInteger(params.seed)) {
    throw new UsageError(`Cannot train: the seed must be a whole number, found ${params.seed}`);
  }
}

function requireCount(what: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new UsageError(`Cannot train: ${what} must be a whole number of at least 1, found ${value}`);
  }
}
