import { node, type Pipeline, pipeline } from "tegaki";
import { countDigits, measureInk, writeReport } from "./nodes.ts";

/**
 * Loaded by `tegaki run` and `tegaki registry`, which run in this folder. The folder's name is the pipeline's:
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
      // An object gives the function one argument with these fields.
      inputs: { counts: "digit_counts", ink: "digit_ink" },
      outputs: "example_report",
      tags: "example",
    }),
  ]);
}
