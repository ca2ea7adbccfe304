import { type Node, node } from "../../src/engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../src/engine/pipeline/pipeline.ts";

export const identity = (value: unknown) => value;

/** `step("b: a, x -> c, d #fast")`: a node named b, in the notation of the tests. */
export function step(text: string): Node {
  const [, name, inputs, outputs, tags] = /^(\S+): (.*) -> ([^#]*)(.*)$/.exec(text)!;
  const list = (part: string) =>
    part
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== "");
  return node({
    func: identity,
    name,
    inputs: list(inputs!),
    outputs: list(outputs!),
    tags: tags!
      .split("#")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
  });
}

export function steps(...texts: string[]): Pipeline {
  return pipeline(texts.map(step));
}

export function names(of: Pipeline): string[] {
  return of.nodes.map((node) => node.name);
}
