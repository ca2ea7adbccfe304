import type { ModelRegistry } from "../model-registry/model-registry.ts";
import type { SchedulerDeps } from "../scheduler/deps.ts";

/** Makes a version the champion that a person has approved, if the champion is still the one it was compared with. */
export function approvedPromotion(registry: Pick<ModelRegistry, "promote">): SchedulerDeps["promote"] {
  return (version, { actor, via, reason, expectedPrevious }) =>
    registry.promote(version, {
      by: via,
      actor,
      reason: `approved: ${reason}`,
      ...(expectedPrevious === null ? {} : { expectedPrevious }),
    });
}
