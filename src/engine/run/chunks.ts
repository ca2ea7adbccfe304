import { PipelineError } from "../errors.ts";
import { bindOutputs } from "../pipeline/binding.ts";
import type { Node } from "../pipeline/node.ts";
import type { NodeFunction } from "../pipeline/node-spec.ts";
import { withinGrace } from "./within-grace.ts";

const TAGS = ["[object GeneratorFunction]", "[object AsyncGeneratorFunction]"];

/** Told by the function, as in Kedro: another one may return something iterable, and that is one value. */
export function isGeneratorFunction(func: NodeFunction): boolean {
  return TAGS.includes(Object.prototype.toString.call(func));
}

/**
 * Kedro's generator nodes: each value that the function yields stands for all outputs, and is saved before the next
 * one is asked for, so that no more than one is held. What it returns at its end is ignored.
 *
 * @param open calls the function, which runs nothing of it yet.
 * @returns the last outputs.
 * @throws PipelineError when a value is not what the node's outputs ask for, or none was yielded: an output of an
 *   earlier run would be taken for this one's. The abort's reason once the signal is aborted.
 */
export async function saveChunks(
  node: Node,
  open: () => Iterator<unknown> | AsyncIterator<unknown>,
  save: (outputs: Record<string, unknown>) => Promise<void>,
  { signal, graceMs }: { signal: AbortSignal; graceMs: number },
): Promise<Record<string, unknown>> {
  const chunks = open();
  let last: Record<string, unknown> | null = null;
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await withinGrace((async () => chunks.next())(), signal, graceMs);
      if (next.done === true) break;
      last = bindOutputs(node, next.value);
      await save(last);
    }
  } finally {
    // Not waited for: one that never comes to its next value would never hear of it.
    (async () => chunks.return?.())().catch(() => undefined);
  }
  if (last === null && node.outputs.length > 0) {
    throw new PipelineError(`it yielded nothing, so that there is no ${node.outputs.join(", ")}`);
  }
  return last ?? {};
}
