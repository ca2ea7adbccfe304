import type { ParameterField } from "../domain/runs/parameter-field.ts";
import { leaves, parametersRead } from "../domain/runs/run-inputs.ts";
import { kindOf, nodesOf } from "./picture.ts";
import type { PipelineGraph } from "./pipeline-graph.ts";

/** A parameter that a pipeline reads and that a run may change. */
export interface SettableParameter {
  /** With dots. */
  name: string;
  field: ParameterField;
}

/** Every pipeline reads them, and they are rarely changed. */
const LAST = ["classes", "seed"];

/**
 * Returns the parameters that a pipeline reads and `--params` may change, down to single values: first those that its
 * training reads, and of these those without a group.
 */
export function settableParameters(graph: PipelineGraph, pipeline: string): SettableParameter[] {
  const nodes = nodesOf(graph, { pipeline, tags: [] });
  const read = parametersRead(nodes);
  const trained = parametersRead(nodes.filter(({ tags }) => tags.includes("training"))) ?? [];
  const isIn = (names: readonly string[], name: string) =>
    names.some((one) => name === one || name.startsWith(`${one}.`));
  const known = fieldsOf(graph).filter(({ name }) => read === null || isIn(read, name));
  const rank = ({ name }: SettableParameter) => (LAST.includes(name) ? 2 : isIn(trained, name) ? 0 : 1);
  return known.sort((a, b) => rank(a) - rank(b) || depthOf(a) - depthOf(b));
}

function depthOf({ name }: SettableParameter): number {
  return name.includes(".") ? 1 : 0;
}

/** The fields of the project; without them, those of the graph's own parameters, which may have any value. */
function fieldsOf(graph: PipelineGraph): SettableParameter[] {
  if (graph.fields !== undefined)
    return Object.entries(graph.fields).map(([name, field]) => ({ name, field }));
  return Object.entries(graph.parameters).flatMap(([input, { value, isSettable }]) =>
    isSettable && kindOf(input) === "parameter" && input !== "parameters"
      ? leaves({ [input.slice("params:".length)]: value }).map(([name, leaf]) => ({
          name,
          field: { kind: "any", isNullable: true, value: leaf } as const,
        }))
      : [],
  );
}
