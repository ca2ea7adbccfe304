import type { Deployment } from "../domain/deployment.ts";

/** How many versions one can roll back at most; the files of further ones may be removed. */
export const ROLLBACK_STEPS = 20;

/**
 * The versions to roll back to, the nearest first. Deployments form a stack: a promotion puts its version on top, and
 * rolling back removes everything above the restored version. So rolling back twice goes two steps back, and never
 * returns to a removed version. A version that is promoted again keeps its earlier places as well, so whatever was
 * promoted in between, one gets back to the first champion.
 *
 * @param deployments of one alias, newest first.
 */
export function versionsToRollBackTo(deployments: readonly Deployment[]): number[] {
  let stack: number[] = [];
  for (const { action, version } of deployments.toReversed()) {
    const below = stack.lastIndexOf(version);
    if (action !== "promote" && below >= 0) stack = stack.slice(0, below);
    stack.push(version);
  }
  const top = stack.pop();
  return [...new Set(stack.reverse())].filter((version) => version !== top);
}
