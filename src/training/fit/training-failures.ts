import { saying } from "../../lib/saying.ts";
import { TrainingError } from "../errors.ts";

/** The error of a training run whose loss became infinite or NaN in a step. Epoch and step count from 1. */
export function lossNotFinite(loss: number, epoch: number, step: number, rate: number): TrainingError {
  return new TrainingError(
    `Training failed: the loss became ${loss} in epoch ${epoch}, step ${step}. ${lower(rate)}`,
    { says: saying("lossNotFinite", { loss: String(loss), epoch, step, rate }) },
  );
}

/** The error of a training run whose weights are no longer finite after an epoch, counted from 1. */
export function weightsNotFinite(epoch: number, rate: number): TrainingError {
  return new TrainingError(
    `Training failed: weights are no longer finite after epoch ${epoch}. ${lower(rate)}`,
    { says: saying("weightsNotFinite", { epoch, rate }) },
  );
}

function lower(rate: number): string {
  return `Lower the learning rate (${rate} now)`;
}
