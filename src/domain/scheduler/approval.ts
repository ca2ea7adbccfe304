/** The values of `scheduler.approval` of server.yml: which steps a person must approve. */
export const APPROVALS = ["none", "run", "promotion", "both"] as const;
/** The steps that a person must approve. */
export type Approval = (typeof APPROVALS)[number];

/** Whether a run that is due waits for a person. A run that a person starts does not. */
export function runNeedsApproval(approval: Approval): boolean {
  return approval === "run" || approval === "both";
}

/** Whether a version that passed the gate waits for a person before it goes live. */
export function promotionNeedsApproval(approval: Approval): boolean {
  return approval === "promotion" || approval === "both";
}
