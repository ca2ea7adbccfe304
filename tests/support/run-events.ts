import { decodeRunEvent, encodeRunEvent, type NewRunEvent } from "../../src/domain/runs/run-event.ts";

/** The time of every event of `storedEvent`. */
const EVENT_AT = "2026-01-02T03:04:05.000Z";

/** Parses an event from the notation of the store and the API. */
export function storedEvent(
  type: string,
  node: string | null,
  data: Record<string, unknown> = {},
  { runId = "r1", at = EVENT_AT }: { runId?: string; at?: string } = {},
): NewRunEvent {
  return { runId, at, ...decodeRunEvent({ type, node, data }) };
}

/** Formats an event on one line: `node_done train {"duration_ms":5}`. */
export function lineOf(event: NewRunEvent): string {
  const { type, node, data } = encodeRunEvent(event);
  return `${type} ${node} ${JSON.stringify(data)}`;
}
