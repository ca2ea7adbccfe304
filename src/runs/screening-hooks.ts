import { DATASET } from "../domain/dataset-names.ts";
import type { LabelMarks } from "../domain/samples/screening-report.ts";
import type { Store } from "../domain/store.ts";
import type { Hooks } from "../engine/run/hooks.ts";

/**
 * Records in the store what the run's screening found. When the run succeeds, so that the labels of a run that fails are
 * screened again by the next one.
 */
export function screeningHooks(store: Store, runId: string): Hooks {
  let marks: LabelMarks["marks"] = [];
  return {
    after_node_run({ outputs }) {
      const found = outputs[DATASET.labelMarks] as LabelMarks | undefined;
      if (found !== undefined) marks = found.marks;
    },
    async after_pipeline_run() {
      await store.samples.putMarks(runId, marks);
    },
  };
}
