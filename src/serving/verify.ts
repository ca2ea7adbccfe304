import { checkDigits } from "./check-digits.ts";
import { ModelLoadError } from "./errors.ts";
import type { LoadedModel } from "./loaded-model.ts";

const MAX_SUM_ERROR = 1e-3;
const MIN_RIGHT = 8;

/**
 * Runs the ten check digits through a model: each row of outputs must be finite and sum to 1 within 0.001, and
 * a model that knows the ten digits must read at least 8 of them, told apart among the digits alone: an O that it also
 * knows may look more like the 0. Of a model without digits only the outputs are checked.
 *
 * This also warms the model: the first run after loading packs weights and is slower than all others.
 *
 * @throws {ModelLoadError} saying what was expected and what was found.
 */
export function verifyModel(model: LoadedModel): void {
  const digits = checkDigits();
  const K = model.classes.length;
  const { probabilities: outputs } = model.read(digits.map(({ pixels }) => pixels));
  const read = digits.map(({ label }, n) => {
    const row = outputs.subarray(n * K, (n + 1) * K);
    requireProbabilities(row, label);
    const among = digits.map(({ label: digit }) => row[model.classes.indexOf(digit)] ?? -1);
    return digits[among.indexOf(Math.max(...among))]!.label;
  });
  const isOfDigits = digits.every(({ label }) => model.classes.includes(label));
  const right = digits.filter(({ label }, n) => read[n] === label).length;
  if (isOfDigits && right < MIN_RIGHT) {
    throw new ModelLoadError(
      `Cannot load the model: it reads ${right} of ${digits.length} check digits right, expected at least ${MIN_RIGHT}: ` +
        `0 to 9 were read as ${read.join(" ")}`,
    );
  }
}

function requireProbabilities(row: Float32Array, label: string): void {
  const sum = row.reduce((total, p) => total + p, 0);
  if (row.every((p) => p >= 0) && Math.abs(sum - 1) <= MAX_SUM_ERROR) return;
  throw new ModelLoadError(
    `Cannot load the model: its outputs for the check digit ${label} are no probabilities: they sum to ${sum}, expected 1`,
  );
}
