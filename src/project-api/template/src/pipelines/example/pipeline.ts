import { node, type Pipeline, pipeline } from "tegaki";
import { countDigits, measureInk, writeReport } from "./nodes.ts";

/**
 * Loaded by `tegaki run` and `tegaki registry` when they run in this project. The pipeline has its folder's name:
 *
 *   tegaki run --pipeline example
 */
export function createPipeline(): Pipeline {
  return pipeline([
    node({
      name: "count_digits",
      func: countDigits,
      inputs: ["mnist_data", "app_data", "params:classes"],
      outputs: "digit_counts",
      tags: "example",
    }),
    node({
      name: "measure_ink",
      func: measureInk,
      inputs: ["mnist_data", "params:classes", "params:example.decimals"],
      outputs: "digit_ink",
      tags: "example",
    }),
    node({
      name: "write_report",
      func: writeReport,
      // With an object, the function gets one argument with these fields.
      inputs: { counts: "digit_counts", ink: "digit_ink" },
      outputs: "example_report",
      tags: "example",
    }),
  ]);
}
