import type { Project } from "./project.ts";

/** Returns all parameters that nodes may read: parameters.yml with the project's own ones, and `gate` of server.yml. */
export function runParameters({ config }: Project): Record<string, unknown> {
  return { ...config.parameters, ...config.ownParameters, gate: config.server.gate };
}
