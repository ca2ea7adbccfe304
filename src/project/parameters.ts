import type { Project } from "./project.ts";

/** Returns all parameters that nodes may read: parameters.yml with the project's own ones, and `gate` and `promotion` of server.yml. */
export function runParameters({ config }: Project): Record<string, unknown> {
  const { gate, promotion } = config.server;
  return { ...config.parameters, ...config.ownParameters, gate: { ...gate, promotion } };
}
