import type { Config } from "../config/load.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import type { ParamProblem } from "../domain/runs/run.ts";
import type { Store } from "../domain/store.ts";
import type { Node } from "../engine/pipeline/node.ts";
import { UsageError } from "../lib/errors.ts";
import { builtinModel, hasBaseModelFor, modelReader } from "../project/model-sources.ts";
import { hasStore, openProjectStore, type Project } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";
import { tunedLayers } from "../training/fit/tuned-layers.ts";
import { architecture } from "../training/model/architectures.ts";
import { layerShapes, type NetworkSpec } from "../training/model/layer-spec.ts";
import { readTopology } from "../training/model/topology.ts";

const CHAMPION = "champion";

/** The model that is live, or will be when the project is first served. */
export interface LiveModel {
  /** For messages. */
  name: string;
  artifacts: ModelArtifacts;
}

/** Returns the live model; null without one, or when it cannot be read: another version is then used. */
export async function liveModel(
  runtime: Runtime,
  project: Project,
  store: Pick<Store, "models"> | null,
): Promise<LiveModel | null> {
  const version = (await store?.models.aliases())?.[CHAMPION];
  const model = version === undefined || store === null ? null : await store.models.get(version);
  if (model !== null) {
    const artifacts = await modelReader(runtime, project)(model).catch(() => null);
    return artifacts && { name: `model ${model.version}, the champion,`, artifacts };
  }
  if (!(await hasBaseModelFor(runtime.embedded, project.config.parameters.classes))) return null;
  return { name: "the base model", artifacts: await builtinModel(runtime.embedded) };
}

/** Like `liveModel`, for a project whose store is not open. A missing store is not created. */
export async function liveModelOf(runtime: Runtime, project: Project): Promise<LiveModel | null> {
  if (!(await hasStore(project))) return liveModel(runtime, project, null);
  const store = await openProjectStore(runtime, project);
  try {
    return await liveModel(runtime, project, store);
  } finally {
    await store.close();
  }
}

/** Returns the problem of a class that the model knows and the project no longer has; null when there is none. */
export function classesProblem({ parameters }: Config, model: LiveModel | null): ParamProblem | null {
  const known = model?.artifacts.userDefinedMetadata.classes ?? [];
  const gone = known.filter((name) => !parameters.classes.includes(name)).map((name) => JSON.stringify(name));
  if (gone.length === 0) return null;
  const message = `${gone.join(", ")} cannot be removed, because ${model!.name} was trained on ${gone.length === 1 ? "it" : "them"}. Put ${gone.length === 1 ? "it" : "them"} back, or start a new project with tegaki init --classes`;
  return { name: "classes", message };
}

/**
 * Checks the parameters that only a model can check, for the nodes that read them: `classes`, `architecture` and
 * `tuning_layer`. A model of another dataset type than registered_model is not known before the run.
 */
export function modelProblems(
  config: Config,
  nodes: readonly Node[],
  model: LiveModel | null,
): ParamProblem[] {
  const { parameters, catalog } = config;
  const reads = (name: string) => nodes.some((node) => node.inputs.includes(name));
  const problems: ParamProblem[] = [];
  const tryTo = (name: string, check: () => unknown) => {
    try {
      check();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push({ name, message: error.message.replace(`${name}: `, "") });
    }
  };
  const { img_rows, img_cols, classes, tuning_layer } = parameters;
  const trained = () => architecture(parameters.architecture, img_rows, img_cols, classes.length);
  if (reads("params:architecture")) tryTo("architecture", trained);
  if (catalog.model?.type !== "registered_model" || problems.length > 0) return problems;
  const gone = reads("model") ? classesProblem(config, model) : null;
  if (gone !== null) problems.push(gone);
  const network = () => (model === null ? trained() : readTopology(model.artifacts.modelTopology));
  // The project's own model is known once it is trained.
  const isFromLive = parameters.tuning_initial_model === "champion";
  if (isFromLive && reads("params:tuning_layer"))
    tryTo("tuning_layer", () => tunedLayers(layersOf(network()), tuning_layer));
  return problems;
}

function layersOf(network: NetworkSpec) {
  const shapes = layerShapes(network);
  return network.layers.map(({ name }, i) => ({ name, weights: shapes[i]!.weights }));
}

/** @throws UsageError with all problems, one a line. */
export function throwProblems(problems: readonly ParamProblem[]): void {
  if (problems.length === 0) return;
  throw new UsageError(problems.map(({ name, message }) => `${name}: ${message}`).join("\n"));
}
