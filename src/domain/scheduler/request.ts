import type { Saying } from "../../lib/saying.ts";
import type { Actor } from "../actor.ts";

/** Greatest length in characters of the reason that a person gives. */
export const MAX_REASON = 500;

/** The kinds of requests. */
export const REQUEST_KINDS = ["run", "promotion"] as const;
/** `withdrawn`: its reason has passed, for example because another run has started. `done`: the run has started, or the version is live. */
export const REQUEST_STATES = ["pending", "approved", "declined", "withdrawn", "done"] as const;
/** The state of a request. */
export type RequestState = (typeof REQUEST_STATES)[number];

/** A run or a promotion that waits for a person, or one that a person requested and the server has not started yet. */
export interface NewRequest {
  kind: (typeof REQUEST_KINDS)[number];
  /** Of a run. */
  pipeline: string | null;
  /** The trigger of a run. */
  trigger: string | null;
  /** The version to promote. */
  modelVersion: number | null;
  /** The champion that the version was compared with: if another one is live, approval is refused. */
  expectedPrevious: number | null;
  /** Why, in English. */
  reason: string;
  /** The reason as data, for pages in other languages. */
  says?: Saying | undefined;
  requestedBy: Actor;
}

/** A stored request. Times are ISO 8601, UTC. */
export interface SchedulerRequest extends NewRequest {
  id: number;
  state: RequestState;
  /** The run that registered the version, or that was started. */
  runId: string | null;
  createdAt: string;
  decidedBy: Actor | null;
  decisionReason: string | null;
  decidedAt: string | null;
}
