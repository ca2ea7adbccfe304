import { IMAGE_COLS, IMAGE_ROWS } from "../digits/image-format.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import { saying } from "../lib/saying.ts";
import { checkShapes } from "../training/model/artifacts.ts";
import { ModelLoadError } from "./errors.ts";

/**
 * Checks that a model could serve, without its weights: its layers, classes, input, and the shapes of its weights.
 * Nothing is allocated. @throws {ModelLoadError} with the reason.
 */
export function checkServable(model: Omit<ModelArtifacts, "weightData">): void {
  const { rows, cols } = checkShapes(model).network;
  requireImageSize(rows, cols);
}

/** @throws {ModelLoadError} unless a model's input has the size of the images. */
export function requireImageSize(rows: number, cols: number): void {
  if (rows === IMAGE_ROWS && cols === IMAGE_COLS) return;
  const [size, expected] = [`${rows}x${cols}`, `${IMAGE_ROWS}x${IMAGE_COLS}`];
  throw new ModelLoadError(`Cannot load the model: its input is ${size} px, expected ${expected} px`, {
    says: saying("wrongInput", { size, expected }),
  });
}
