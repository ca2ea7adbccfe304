import type { EvaluationReport } from "../../domain/metrics.ts";
import type { NodeContext } from "../../engine/pipeline/node-spec.ts";
import { saying } from "../../lib/saying.ts";

/** Logs the scores on the test set as Keras examples print them: `Test loss: 0.0273`, then `Test accuracy: 0.9912`. */
export function logTestScores({ loss, accuracy }: EvaluationReport, context: NodeContext): void {
  const figures = { loss: loss.toFixed(4), accuracy: accuracy.toFixed(4) };
  context.log(`Test loss: ${figures.loss}`, saying("testLoss", { loss: figures.loss }));
  context.log(`Test accuracy: ${figures.accuracy}`, saying("testAccuracy", { accuracy: figures.accuracy }));
}
