import type { RunEvent } from "../../../src/domain/run-event.ts";

/** An event of the store as the stream tells it. */
export type HeardEvent = Omit<RunEvent, "seq">;
