import type { Actor } from "../domain/actor.ts";
import type { SchedulerRequest } from "../domain/scheduler/request.ts";
import { saying } from "../lib/saying.ts";
import type { SchedulerDeps, Via } from "./deps.ts";

/** A person's decision about a request. */
export interface Verdict {
  state: "approved" | "declined";
  by: Actor;
  via: Via;
  reason: string;
}

type RequestDeps = Pick<SchedulerDeps, "store" | "clock" | "promote">;

/**
 * Records the decision. A promotion that is approved is carried out at once; when that fails, the request waits again. A
 * run that is approved is started by the server, at once or as soon as it is running.
 *
 * @throws NotFoundError when there is no such request; ConflictError when it is no longer pending; whatever `promote`
 *   throws.
 */
export async function decideRequest(
  { store, clock, promote }: RequestDeps,
  id: number,
  { state, by, via, reason }: Verdict,
): Promise<SchedulerRequest> {
  const request = await store.decideRequest(id, { state, by, reason });
  if (state === "approved" && request.kind === "promotion" && request.modelVersion !== null) {
    const { modelVersion, expectedPrevious } = request;
    try {
      await promote(modelVersion, { actor: by, via, reason, expectedPrevious });
    } catch (error) {
      await store.settleRequest(id, { state: "pending" });
      throw error;
    }
    await store.settleRequest(id, { state: "done" });
  }
  await store.recordTick({
    at: clock.now().toISOString(),
    decision: state,
    detail: `request ${id} was ${state}: ${reason}`,
    says: saying(state, { id, reason }),
  });
  return (await store.getRequest(id)) ?? request;
}

/** Records who paused or resumed the scheduler, and why. */
export async function setPaused(
  { store, clock }: Pick<SchedulerDeps, "store" | "clock">,
  change: { paused: boolean; by: Actor; reason: string | null },
): Promise<void> {
  await store.setPaused(change);
  const [decision, done] = change.paused ? ["pause", "paused"] : ["resume", "resumed"];
  const why = change.reason === null ? "" : `: ${change.reason}`;
  await store.recordTick({
    at: clock.now().toISOString(),
    decision,
    detail: `a person ${done} the scheduler${why}`,
    says: change.reason === null ? saying(decision) : saying(`${decision}Because`, { reason: change.reason }),
  });
}
