import { NodeRunner } from "./node-runner.ts";

/** Runs one node at a time, in the pipeline's order. */
export class SequentialRunner extends NodeRunner {
  workersFor(): number {
    return 1;
  }
}
