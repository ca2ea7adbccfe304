import type { NodeContext } from "../pipeline/node-spec.ts";
import { callHooks } from "./call-hooks.ts";
import type { Hooks } from "./hooks.ts";

/**
 * The context handed to one node, whose words reach the hooks one after the other, in the order they were said.
 * `close` resolves when all have been heard, and rejects when a hook failed on one; what is said later is dropped.
 */
export function openNodeContext(
  node: string,
  hooks: readonly Hooks[],
  signal: AbortSignal,
): { context: NodeContext; close(): Promise<void> } {
  let heard: Promise<unknown> = Promise.resolve();
  let failure: { error: unknown } | null = null;
  let isOpen = true;
  const say = (call: () => Promise<unknown>) => {
    if (!isOpen) return;
    heard = heard.then(call).catch((error: unknown) => {
      failure ??= { error };
    });
  };
  return {
    context: {
      signal,
      progress: (data) => say(() => callHooks(hooks, "on_node_progress", { node, data })),
      log: (message) => say(() => callHooks(hooks, "on_node_log", { node, message })),
    },
    async close() {
      isOpen = false;
      await heard;
      if (failure !== null) throw failure.error;
    },
  };
}
