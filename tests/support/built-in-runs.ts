import { parameterFields } from "../../src/config/fields/parameter-fields.ts";
import { loadConfig } from "../../src/config/load.ts";
import type { CheckParams } from "../../src/domain/runs/run.ts";
import { describeGraph } from "../../src/graph/describe-graph.ts";
import type { PipelineGraph } from "../../src/graph/pipeline-graph.ts";
import { createPipelines } from "../../src/pipelines/registry.ts";
import { checkRun } from "../../src/runs/check-run.ts";
import { fakeTraining } from "../pipelines/fake-training.ts";
import { BASE } from "./base-config.ts";

const sources = { base: BASE, dir: "/nonexistent", environ: {} };
const pipelines = createPipelines({ training: fakeTraining().training });

/** The built-in pipelines with the built-in configuration, as a server has them. */
export async function builtInRuns(): Promise<{
  pipelines: string[];
  graph(): PipelineGraph;
  checkParams: CheckParams;
}> {
  const config = await loadConfig(sources);
  const { catalog, parameters, server } = config;
  const graph = describeGraph({
    ...{ pipelines, files: {}, catalog, settable: { ...parameters } },
    parameters: { ...parameters, gate: { ...server.gate, promotion: server.promotion } },
    fields: parameterFields(config),
    builtInSources: {},
  });
  return {
    pipelines: Object.keys(pipelines),
    graph: () => graph,
    checkParams: (given, run) => checkRun({ sources, pipelines }, given, run),
  };
}
