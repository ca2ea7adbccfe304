import { PipelineError } from "../errors.ts";
import { bindOutputs } from "../pipeline/binding.ts";
import type { Node } from "../pipeline/node.ts";
import type { NodeFunction } from "../pipeline/node-spec.ts";
import { withinGrace } from "./within-grace.ts";

const TAGS = ["[object GeneratorFunction]", "[object AsyncGeneratorFunction]"];

/** Whether a node streams its outputs. As in Kedro, the function decides: an iterable that it returns is one value. */
export function isGeneratorFunction(func: NodeFunction): boolean {
  return TAGS.includes(Object.prototype.toString.call(func));
}

/** Receives what a generator yields. */
export interface ChunkSink {
  save(outputs: Record<string, unknown>): Promise<void>;
  /** Called with each value before it is saved. */
  inspect(value: unknown): void;
}

/**
 * Saves the outputs of one of Kedro's generator nodes: each yielded value holds all outputs, and is saved before the
 * next one is requested, so only one is in memory at a time. The generator's return value is ignored.
 *
 * @param open calls the function, which does not yet run its body.
 * @returns the last outputs.
 * @throws PipelineError when a value does not match the node's outputs, or when none was yielded: the output of an
 *   earlier run would be mistaken for this run's. The abort's reason once the signal is aborted.
 */
export async function saveChunks(
  node: Node,
  open: () => Iterator<unknown> | AsyncIterator<unknown>,
  { save, inspect }: ChunkSink,
  { signal, graceMs }: { signal: AbortSignal; graceMs: number },
): Promise<Record<string, unknown>> {
  const chunks = open();
  let last: Record<string, unknown> | null = null;
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await withinGrace((async () => chunks.next())(), signal, graceMs);
      if (next.done === true) {
        if (next.value !== undefined && node.outputs.length === 0) inspect(next.value);
        break;
      }
      inspect(next.value);
      last = bindOutputs(node, next.value);
      await save(last);
    }
  } finally {
    // Not awaited: a generator that never reaches its next value would never settle it.
    (async () => chunks.return?.())().catch(() => undefined);
  }
  if (last === null && node.outputs.length > 0) {
    throw new PipelineError(`it yielded nothing, so there is no ${node.outputs.join(", ")}`);
  }
  return last ?? {};
}
