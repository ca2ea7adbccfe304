import { verdictOf } from "../domain/gate.ts";
import type { Model } from "../domain/model.ts";
import { ConflictError } from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";

/**
 * Whether a version may be promoted: it has passed the gate, or was live before.
 * @returns false only with `isForced`.
 * @throws ConflictError with the reason, when it may not and is not forced, or its files were removed.
 */
export function assertAllowed({ version, state, gate }: Model, isForced: boolean): boolean {
  if (state === "deleted") {
    throw new ConflictError(`The files of version ${version} were removed, so it can no longer be used`, {
      says: saying("deletedVersion", { version }),
    });
  }
  if (state !== "broken" && (state === "ready" || gate?.passed === true)) return true;
  if (isForced) return false;
  if (state === "broken") {
    throw new ConflictError(
      `Cannot promote version ${version}: it could not be loaded. Use force to try again`,
      { says: saying("brokenVersion", { version }) },
    );
  }
  const failed = gate?.checks.filter(({ passed }) => !passed).map(({ detail }) => detail) ?? [];
  const reasons = failed.join("; ");
  const isHeld = gate !== null && verdictOf(gate) === "held";
  const why =
    gate === null
      ? "the gate has not evaluated it"
      : `${isHeld ? "the gate holds it" : "it failed the gate"}: ${reasons}`;
  throw new ConflictError(`Cannot promote version ${version}: ${why}. Use force to promote it anyway`, {
    says:
      gate === null
        ? saying("notEvaluated", { version })
        : saying(isHeld ? "heldByGate" : "failedGate", { version, reasons }),
  });
}
