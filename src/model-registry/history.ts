import type { Deployment } from "../domain/deployment.ts";

/**
 * The versions to go back to, the nearest first. A promotion puts its version on top of those before; going
 * back takes off what was above. So going back twice goes two steps back, and never forward again to the
 * version that was taken off.
 *
 * @param deployments of one alias, newest first.
 */
export function versionsToGoBackTo(deployments: readonly Deployment[]): number[] {
  let stack: number[] = [];
  for (const { action, version } of deployments.toReversed()) {
    const below = stack.indexOf(version);
    if (action !== "promote" && below >= 0) stack = stack.slice(0, below);
    stack = [...stack.filter((other) => other !== version), version];
  }
  return stack.slice(0, -1).reverse();
}
