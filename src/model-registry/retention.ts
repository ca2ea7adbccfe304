import { BUILTIN_MODEL_KEY, type ModelFileRecord } from "../domain/model.ts";

/**
 * Returns the versions whose files may be removed, newest first: all that have files, but for the newest `keep` and
 * those that are needed. Files that a kept version shares are kept with it.
 *
 * @param records of all versions, newest first.
 */
export function versionsToPrune(
  records: readonly ModelFileRecord[],
  keep: number,
  needed: ReadonlySet<number>,
): ModelFileRecord[] {
  const withFiles = records.filter(({ state, key }) => state !== "deleted" && key !== BUILTIN_MODEL_KEY);
  const isKept = ({ version }: ModelFileRecord, i: number) => i < keep || needed.has(version);
  const keptKeys = new Set(withFiles.filter(isKept).map(({ key }) => key));
  return withFiles.filter((one, i) => !isKept(one, i) && !keptKeys.has(one.key));
}
