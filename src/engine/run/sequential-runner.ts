import { NodeRunner } from "./node-runner.ts";

/** One node after the other, in the pipeline's order. */
export class SequentialRunner extends NodeRunner {
  protected workersFor(): number {
    return 1;
  }
}
