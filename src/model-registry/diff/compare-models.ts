import { type Evaluation, setOfChampion } from "../../domain/metrics.ts";
import type { Model } from "../../domain/model.ts";
import type { ComparedFiles, FilesDiff, ModelDiff, Pair, SetDiff } from "./model-diff.ts";
import { weightChanges } from "./weight-changes.ts";

/** Parameters whose values do not change a model. */
const NOT_COMPARED = new Set(["checkpoint_seconds", "feature_cache_mb"]);

/** The scores of two versions on the image sets on which both were evaluated. */
export function compareSets(a: Model, b: Model): SetDiff[] {
  const [before, after] = [a.metrics.evaluations, b.metrics.evaluations];
  // Those of the champion at the time are of another version.
  const own = Object.keys(after).filter((set) => setOfChampion(set) === null);
  return own.flatMap((set) => {
    const [one, other] = [before[set], after[set]];
    return one === undefined || other === undefined ? [] : [compareSet(set, one, other)];
  });
}

function compareSet(set: string, a: Evaluation, b: Evaluation): SetDiff {
  const recallIn = (report: Evaluation) =>
    new Map((report.per_class ?? []).map(({ label, recall }) => [label, recall]));
  const [before, after] = [recallIn(a), recallIn(b)];
  return {
    set,
    n: [a.n ?? null, b.n ?? null],
    accuracy: [a.accuracy, b.accuracy],
    ece: [a.calibration?.ece ?? null, b.calibration?.ece ?? null],
    recall: [...after.keys()]
      .filter((label) => before.has(label))
      .map((label) => ({ label, values: [before.get(label) ?? null, after.get(label) ?? null] })),
  };
}

/** The parameters that differ, by dotted name, in the order of their names. */
export function compareParameters(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): NonNullable<ModelDiff["parameters"]> {
  const [before, after] = [flat(a), flat(b)];
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return names
    .filter((name) => !NOT_COMPARED.has(name))
    .map((name): { name: string; values: Pair<unknown> } => ({
      name,
      values: [before.get(name) ?? null, after.get(name) ?? null],
    }))
    .filter(({ values: [one, other] }) => JSON.stringify(one) !== JSON.stringify(other));
}

function flat(values: Readonly<Record<string, unknown>>, prefix = ""): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, value] of Object.entries(values)) {
    const isGroup = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isGroup) found.set(prefix + key, value);
    else for (const [name, inner] of flat({ ...value }, `${prefix}${key}.`)) found.set(name, inner);
  }
  return found;
}

/** Classes, architecture and weights of two versions. */
export function compareFiles(a: ComparedFiles, b: ComparedFiles): FilesDiff {
  const [before, after] = [a.userDefinedMetadata, b.userDefinedMetadata];
  const shapesOf = ({ weightSpecs }: ComparedFiles) => JSON.stringify(weightSpecs);
  return {
    classes: {
      added: after.classes.filter((name) => !before.classes.includes(name)),
      removed: before.classes.filter((name) => !after.classes.includes(name)),
    },
    architecture: [before.architecture, after.architecture],
    is_same_architecture: shapesOf(a) === shapesOf(b),
    bytes: [a.weightData.byteLength, b.weightData.byteLength],
    layers: weightChanges(a, b),
  };
}
