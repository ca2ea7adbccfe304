import type { NodeContext } from "../pipeline/node-spec.ts";
import { callHooks } from "./call-hooks.ts";
import type { Hooks } from "./hooks.ts";

/**
 * Creates the context of one node. Its reports reach the hooks one at a time, in order.
 * `close` resolves when all are delivered, and rejects when a hook failed on one; later reports are dropped.
 */
export function openNodeContext(
  node: string,
  hooks: readonly Hooks[],
  signal: AbortSignal,
): { context: NodeContext; close(): Promise<void> } {
  let delivered: Promise<unknown> = Promise.resolve();
  let failure: { error: unknown } | null = null;
  let isOpen = true;
  const report = (call: () => Promise<unknown>) => {
    if (!isOpen) return;
    delivered = delivered.then(call).catch((error: unknown) => {
      failure ??= { error };
    });
  };
  return {
    context: {
      signal,
      progress: (data) => report(() => callHooks(hooks, "on_node_progress", { node, data })),
      log: (message, says) => report(() => callHooks(hooks, "on_node_log", { node, message, says })),
    },
    async close() {
      isOpen = false;
      await delivered;
      if (failure !== null) throw failure.error;
    },
  };
}
