import { didYouMean } from "../../lib/nearest.ts";
import { PipelineError } from "../errors.ts";
import type { Node } from "./node.ts";
import type { NodeSpec } from "./node-spec.ts";
import { ALL_PARAMETERS, isParameter, parameterName } from "./parameters.ts";
import { datasetOf, withDatasets } from "./transcoding.ts";

/** Names to keep unchanged (a string or a list), or a map from old names to new ones. */
export type NameMapping = string | readonly string[] | Readonly<Record<string, string>>;

/**
 * Options for reusing a pipeline under other names: Kedro's modular pipelines.
 *
 * @example
 * ```ts
 * import { node, pipeline } from "tegaki";
 *
 * const trimming = pipeline([
 *   node({ name: "trim", func: (raw: string) => raw.trim(), inputs: "raw", outputs: "text" }),
 * ]);
 * const titles = pipeline(trimming, { namespace: "titles", inputs: { raw: "raw_titles" } });
 * titles.nodes.map(String); // => ["titles.trim: func([raw_titles]) -> [titles.text]"]
 * ```
 */
export interface ModularOptions {
  /**
   * Free inputs to keep or rename; they are not prefixed with the namespace. A dataset includes all its forms: `ink`
   * covers `ink@csv` and `ink@json`.
   */
  inputs?: NameMapping;
  /** Outputs, free or not, to keep or rename. */
  outputs?: NameMapping;
  /** Parameters to keep or rename, with or without `params:`. */
  parameters?: NameMapping;
  /** Prefixes every node, and every dataset and parameter that is not named above: `namespace.name`. */
  namespace?: string;
  /** False keeps the names of datasets and parameters: the namespace then only groups nodes. True by default. */
  prefixDatasetsWithNamespace?: boolean;
  tags?: string | readonly string[];
}

/** The part of a pipeline that renaming reads. */
interface NamedNodes {
  readonly nodes: readonly Node[];
  datasets(): string[];
  allOutputs(): string[];
}

/**
 * Returns the pipeline's nodes under the new names, or its own list when there is nothing to rename.
 * @throws PipelineError for a name that is not an input, output or parameter of the pipeline.
 */
export function renameNodes(pipeline: NamedNodes, options: ModularOptions): readonly Node[] {
  const { namespace } = options;
  const inputs = toMap(options.inputs);
  const outputs = toMap(options.outputs);
  const parameters = new Map(
    [...toMap(options.parameters)].map(([from, to]) => [parameterName(from), parameterName(to)]),
  );
  if (inputs.size + outputs.size + parameters.size === 0 && namespace === undefined) return pipeline.nodes;
  checkNames(pipeline, inputs, outputs, parameters);

  const mapping = new Map([...inputs, ...outputs, ...parameters]);
  const isPrefixed = namespace !== undefined && options.prefixDatasetsWithNamespace !== false;
  const rename = (name: string): string => {
    const mapped = mapping.get(name);
    if (mapped !== undefined) return mapped;
    const dataset = mapping.get(datasetOf(name));
    if (dataset !== undefined) return dataset + name.slice(datasetOf(name).length);
    if (!isPrefixed || name === ALL_PARAMETERS) return name;
    return isParameter(name)
      ? parameterName(`${namespace}.${name.slice("params:".length)}`)
      : `${namespace}.${name}`;
  };
  return pipeline.nodes.map((node) =>
    node.copy({
      inputs: renameAll(node.spec.inputs, rename),
      outputs: renameAll(node.spec.outputs, rename),
      namespace: [namespace, node.namespace].filter((part) => part != null).join(".") || undefined,
    }),
  );
}

function renameAll(names: NodeSpec["inputs"], rename: (name: string) => string): NodeSpec["inputs"] {
  if (names === null) return null;
  if (typeof names === "string") return rename(names);
  if (Array.isArray(names)) return names.map(rename);
  return Object.fromEntries(Object.entries(names).map(([field, name]) => [field, rename(name)]));
}

function toMap(mapping: NameMapping | undefined): Map<string, string> {
  if (mapping === undefined) return new Map();
  if (typeof mapping === "string") return new Map([[mapping, mapping]]);
  if (Array.isArray(mapping)) return new Map(mapping.map((name) => [name, name]));
  return new Map(Object.entries(mapping));
}

type Mapping = ReadonlyMap<string, string>;

function checkNames(pipeline: NamedNodes, inputs: Mapping, outputs: Mapping, parameters: Mapping): void {
  const known = withDatasets(pipeline.datasets());
  const made = withDatasets(pipeline.allOutputs());
  const problemOf = (name: string, kind: string): string | null => {
    if (!known.has(name)) return `: the pipeline does not read or write it${didYouMean(name, known)}`;
    if (kind === "inputs" && isParameter(name)) return " under inputs: put it under parameters";
    if (kind === "inputs" && made.has(name)) return " under inputs: a node of the pipeline outputs it";
    if (kind === "outputs" && !made.has(name)) return " under outputs: no node of the pipeline outputs it";
    return null;
  };
  const problems = Object.entries({ inputs, outputs, parameters }).flatMap(([kind, mapping]) =>
    [...mapping.keys()].flatMap((name) => {
      const problem = problemOf(name, kind);
      return problem === null ? [] : [`Cannot map "${name}"${problem}`];
    }),
  );
  if (problems.length > 0) throw new PipelineError(problems.join("\n"));
}
