/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { QueueScope } from "./queue-path.ts";

/** The part of the queue to which a form returns. */
export function ScopeFields({ scope: { state, runId, after } }: { scope: QueueScope }) {
  return (
    <>
      <input type="hidden" name="state" value={state} />
      {runId === null ? null : <input type="hidden" name="run" value={runId} />}
      {after === null ? null : <input type="hidden" name="after" value={after} />}
    </>
  );
}
