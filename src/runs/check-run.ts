import { checkParams } from "../config/check-params.ts";
import { ConfigError } from "../config/errors.ts";
import { parameterFields } from "../config/fields/parameter-fields.ts";
import { type Config, type ConfigSources, loadConfig } from "../config/load.ts";
import { DATASET } from "../domain/dataset-names.ts";
import type { CheckedParams, GivenParams, ParamProblem, RunTarget } from "../domain/runs/run.ts";
import { lackingInputs, lackingProblem, type NodesToRun, unreadParams } from "../domain/runs/run-inputs.ts";
import type { RunSlice } from "../domain/runs/run-slice.ts";
import type { Store } from "../domain/store.ts";
import { CatalogEntries } from "../engine/catalog/catalog-entries.ts";
import type { Node } from "../engine/pipeline/node.ts";
import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import { datasetOf } from "../engine/pipeline/transcoding.ts";
import { saying } from "../lib/saying.ts";

type Pipelines = Readonly<Record<string, Pipeline>>;

/** The configuration and the pipelines against which a run is checked. */
export interface RunCheck {
  sources: Omit<ConfigSources, "params">;
  /** Every pipeline that can be run, by name. */
  pipelines: Pipelines;
  /** Returns more problems of a configuration that is otherwise valid, for the nodes to run. */
  more?(config: Config, nodes: readonly Node[]): Promise<ParamProblem[]>;
}

/**
 * Checks a run as the run itself will, before anything is stored: the values of its parameters, that its nodes read
 * them, and that its nodes can be run on their own.
 * @throws ConflictError when the configuration is invalid without the parameters.
 */
export async function checkRun(
  { sources, pipelines, more = async () => [] }: RunCheck,
  given: GivenParams,
  target: RunTarget,
): Promise<CheckedParams> {
  const run = nodesOf(pipelines, target);
  let config: Config | null = null;
  const checked = await checkParams(sources, given, async (valid) => {
    config = valid;
    return more(valid, run?.nodes ?? []);
  });
  config ??= await withoutParams(sources);
  if (run === null || config === null) return checked;
  const unread = unreadProblems(run, checked.params, config);
  const lacking = lackingOf(run, config, pipelines);
  // The pipeline is known here: what it reads is nearer than any other name.
  const isUnread = ({ name }: ParamProblem) => unread.some((problem) => problem.name === name);
  return {
    params: checked.params,
    problems: [
      ...(lacking === null ? [] : [lacking]),
      ...unread,
      ...checked.problems.filter((problem) => !isUnread(problem)),
    ],
  };
}

/** Null where the configuration needs the parameters that were refused. */
async function withoutParams(sources: RunCheck["sources"]): Promise<Config | null> {
  try {
    return await loadConfig(sources);
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}

/** Null for a pipeline or a part that does not exist: that is reported elsewhere. */
function nodesOf(pipelines: Pipelines, { pipeline, slice = {} }: RunTarget): RunNodes | null {
  const whole = Object.hasOwn(pipelines, pipeline) ? pipelines[pipeline]! : null;
  if (whole === null) return null;
  try {
    const nodes = whole.filter(filterOf(slice)).nodes;
    return { pipeline, nodes, isPart: Object.keys(slice).length > 0 };
  } catch {
    return null;
  }
}

/** The nodes that a run has. */
type RunNodes = Omit<NodesToRun, "nodes"> & { nodes: readonly Node[] };

function filterOf(slice: RunSlice) {
  return {
    nodeNames: slice.nodes?.slice(),
    fromNodes: slice.from_nodes?.slice(),
    toNodes: slice.to_nodes?.slice(),
    fromInputs: slice.from_inputs?.slice(),
    toOutputs: slice.to_outputs?.slice(),
    tags: slice.tags?.slice(),
    nodeNamespaces: slice.namespaces?.slice(),
  };
}

/** Returns a problem for each parameter that the nodes do not read. @param params in groups. */
export function unreadProblems(
  run: NodesToRun,
  params: Readonly<Record<string, unknown>>,
  config: Config,
): ParamProblem[] {
  const known = Object.keys(parameterFields(config));
  return unreadParams(run, params, { elsewhere: config.interpolated, known });
}

/** Returns the problem of nodes that read what neither they nor the catalog have; null when they can be run. */
export function lackingOf(run: RunNodes, config: Config, pipelines: Pipelines): ParamProblem | null {
  const entries = new CatalogEntries(config.catalog);
  const isKept = (name: string) => {
    const entry = entries.ofDataset(datasetOf(name)) ?? entries.resolve(name);
    return entry !== null && entry.config.type !== "memory";
  };
  const lacking = lackingInputs(inDatasets(run.nodes), isKept);
  if (lacking.length === 0) return null;
  const instead = Object.entries(pipelines).filter(
    ([, other]) =>
      run.nodes.every(({ name }) => other.nodes.some((node) => node.name === name)) &&
      lackingInputs(inDatasets(other.nodes), isKept).length === 0,
  );
  return lackingProblem(
    run,
    lacking,
    instead.map(([name]) => name),
  );
}

/** All forms of a dataset are one. */
function inDatasets(nodes: readonly Node[]) {
  return nodes.map(({ inputs, outputs, tags }) => ({
    tags,
    inputs: inputs.map(datasetOf),
    outputs: outputs.map(datasetOf),
  }));
}

/** The message of fine-tuning, or measuring its curve, without drawings. */
const NO_DRAWINGS =
  "There are no labelled drawings to train on (held-out drawings do not count). Draw and label some first";

/**
 * Returns the problem of fine-tuning on the store's labelled drawings where there is none that is not in review: it would
 * only fail after minutes of evaluation. Null when there are some, or the drawings are another dataset.
 */
export async function drawingsProblem(
  { catalog }: Pick<Config, "catalog">,
  nodes: readonly Node[],
  store: Pick<Store, "samples">,
): Promise<ParamProblem | null> {
  const reads = (name: string) => nodes.some((node) => node.inputs.includes(name));
  if (!reads(DATASET.appData) || !reads("params:tuning_epochs")) return null;
  if (catalog[DATASET.appData]?.type !== "samples") return null;
  if (await store.samples.hasTrainable()) return null;
  const { suspect, held } = await store.samples.reviewCounts();
  const n = suspect + held;
  if (n === 0) return { name: null, message: NO_DRAWINGS, says: saying("noDrawings") };
  return {
    name: null,
    message: `There are no labelled drawings to train on (held-out drawings do not count). Labels in review: ${n}. Confirm or change them in the label queue (/label) first`,
    says: saying("allInReview", { n }),
  };
}
