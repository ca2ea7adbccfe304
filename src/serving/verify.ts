import { saying } from "../lib/saying.ts";
import { checkDigits } from "./check-digits.ts";
import { ModelLoadError } from "./errors.ts";
import type { LoadedModel } from "./loaded-model.ts";

const MAX_SUM_ERROR = 1e-3;
const MIN_CORRECT = 8;

/**
 * Checks a model on the ten check digits. Each row of outputs must be finite and sum to 1 within 0.001. A model that
 * knows all ten digits must classify at least 8 of them correctly; only the digits compete, because an O that it also
 * knows may resemble the 0. Of other models only the outputs are checked.
 *
 * @throws {ModelLoadError} with the expected and the found values.
 */
export function verifyModel(model: LoadedModel): void {
  const digits = checkDigits();
  const K = model.classes.length;
  const { probabilities: outputs } = model.ofCheckDigits;
  const predicted = digits.map(({ label }, n) => {
    const row = outputs.subarray(n * K, (n + 1) * K);
    requireProbabilities(row, label);
    const among = digits.map(({ label: digit }) => row[model.classes.indexOf(digit)] ?? -1);
    return digits[among.indexOf(Math.max(...among))]!.label;
  });
  const isOfDigits = digits.every(({ label }) => model.classes.includes(label));
  const correct = digits.filter(({ label }, n) => predicted[n] === label).length;
  if (isOfDigits && correct < MIN_CORRECT) {
    throw new ModelLoadError(
      `Cannot load the model: it classifies ${correct} of ${digits.length} check digits correctly, expected at least ${MIN_CORRECT}. ` +
        `It takes 0 to 9 for ${predicted.join(" ")}`,
      {
        says: saying("digitsNotRecognised", {
          ...{ correct, n: digits.length, needed: MIN_CORRECT },
          predicted: predicted.join(" "),
        }),
      },
    );
  }
}

function requireProbabilities(row: Float32Array, label: string): void {
  const sum = row.reduce((total, p) => total + p, 0);
  if (row.every((p) => p >= 0) && Math.abs(sum - 1) <= MAX_SUM_ERROR) return;
  throw new ModelLoadError(
    `Cannot load the model: its outputs for the check digit ${label} are not probabilities. They sum to ${sum}, expected 1`,
    { says: saying("notProbabilities", { label, sum: String(sum) }) },
  );
}
