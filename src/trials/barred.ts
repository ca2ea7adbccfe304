import type { Model } from "../domain/model.ts";
import type { Store } from "../domain/store.ts";

/**
 * Whether a version was rolled back automatically, or has the same files as one that was. Such a version is never
 * promoted again automatically: training is repeatable, so the same labels can produce the same bad model again.
 */
export async function isBarred(
  { trials, models }: Pick<Store, "trials" | "models">,
  { version, sha256 }: Pick<Model, "version" | "sha256">,
): Promise<boolean> {
  const versions = await trials.rolledBack();
  if (versions.includes(version)) return true;
  const barred = await Promise.all(versions.map((one) => models.get(one)));
  return barred.some((model) => model?.sha256 === sha256);
}
