import { loadConfig } from "../../../src/config/load.ts";
import type { Sentence } from "../../../src/lib/saying.ts";
import { createPipelines } from "../../../src/pipelines/registry.ts";
import { drawingsProblem } from "../../../src/runs/check-run.ts";
import { fakeTraining } from "../../pipelines/fake-training.ts";
import { memoryStore, newSample } from "../../storage/helpers.ts";
import { BASE } from "../../support/base-config.ts";

/** The refusal to train while every label is in review. */
export async function reviewFailure(): Promise<Sentence> {
  const config = await loadConfig({ base: BASE, dir: "/nonexistent", environ: {} });
  const store = await memoryStore();
  const { sample } = await store.samples.insert(newSample());
  const mark = { id: sample.id, label: sample.label!, state: "suspect", reading: "1", p: 0.01 } as const;
  await store.samples.putMarks("run-1", [mark]);
  const problem = await drawingsProblem(config, createPipelines(fakeTraining()).tuning!.nodes, store);
  if (problem === null) throw new Error("Training was not refused");
  return { message: problem.message, ...(problem.says === undefined ? {} : { says: problem.says }) };
}
