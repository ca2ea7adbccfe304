/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";

/** States that have a mark. */
export type MarkState = "queued" | "waiting" | "running" | "done" | "failed" | "cancelled";

/** A state as a shape and a word: never shown by colour alone. */
export function StatusMark({ text, state, label }: { text: Text; state: MarkState; label: MessageKey }) {
  return (
    <span class={`status status-${state}`}>
      <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.75" aria-hidden="true">
        <Shape state={state} />
      </svg>
      {text.t(label)}
    </span>
  );
}

function Shape({ state }: { state: MarkState }) {
  switch (state) {
    case "done":
      return <path d="M3 8.5l3.2 3.2L13 5" stroke-linecap="round" stroke-linejoin="round" />;
    case "failed":
      return <path d="M4 4l8 8M12 4l-8 8" stroke-linecap="round" />;
    case "cancelled":
      return <path d="M4 8h8" stroke-linecap="round" />;
    case "running":
      return (
        <>
          <circle cx="8" cy="8" r="5.5" stroke-opacity="0.25" />
          <circle cx="8" cy="8" r="5.5" stroke-dasharray="10 25" stroke-linecap="round" />
        </>
      );
    default:
      return <circle cx="8" cy="8" r="5" stroke-dasharray="2 2.2" />;
  }
}
