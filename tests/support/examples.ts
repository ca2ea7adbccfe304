import type { Examples } from "../../src/domain/examples.ts";
import type { RunResults } from "../../src/domain/runs/run-results.ts";
import { NotFoundError } from "../../src/lib/errors.ts";

/** Images of 1x2 px: two mistakes (4 as 9, then 9 as 4), and a 4 that was classified correctly. */
export const EXAMPLES: Examples = {
  rows: 1,
  cols: 2,
  classes: ["4", "9"],
  answers: [
    { index: 7, true: 0, predicted: 1, confidence: 0.9 },
    { index: 2, true: 1, predicted: 0, confidence: 0.6 },
    { index: 5, true: 0, predicted: 0, confidence: 0.51 },
  ],
  images: Uint8Array.of(0, 255, 10, 20, 30, 40),
};

/** Results, which only run-1 has. */
export const RESULTS: RunResults = {
  async examples(runId) {
    if (runId !== "run-1")
      throw new NotFoundError(`Run ${runId} has no examples: it did not evaluate a model`);
    return { mnist_test: EXAMPLES };
  },
  async report(runId, language) {
    if (runId !== "run-1") throw new NotFoundError(`Run ${runId} has no report: it did not evaluate a model`);
    return `<!doctype html><html lang="${language}"><head><style>p{margin:0}</style></head><body><p>Report</p></body></html>`;
  },
  screening: async () => null,
  drawingMap: async () => null,
  learningCurve: async () => null,
  hasReport: async (runId) => runId === "run-1",
  drop: () => {},
};
