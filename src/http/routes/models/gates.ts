import type { GateRecord } from "../../../domain/gate.ts";
import type { AppDeps } from "../../deps.ts";

/** Returns what the gate has said about versions; those that it has not evaluated are missing. */
export async function gatesOf(
  { registry }: Pick<AppDeps, "registry">,
  versions: readonly (number | null)[],
): Promise<ReadonlyMap<number, GateRecord>> {
  const wanted = [...new Set(versions)].filter((version) => version !== null);
  const models = await Promise.all(wanted.map((version) => registry.get(version)));
  return new Map(
    models.flatMap((model) => (model?.gate == null ? [] : [[model.version, model.gate] as const])),
  );
}
