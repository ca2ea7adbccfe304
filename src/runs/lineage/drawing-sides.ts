import type { ImageSet } from "../../domain/image-set.ts";
import { contentOf, type DataItem, type DataSide } from "../../domain/lineage/run-data.ts";
import type { AppData } from "../../domain/samples/app-data.ts";
import type { DataVersion } from "../../domain/samples/screening-report.ts";
import { splitByGroup } from "../../pipelines/first/drawings.ts";

/** Data of the sample store, as the dataset loads it. */
export type SampleData = AppData & { samples: NonNullable<AppData["samples"]> };

/** Whether data comes from the sample store, so that its drawings are known by their ids. */
export function hasIds(data: unknown): data is SampleData {
  return typeof data === "object" && data !== null && "samples" in data && data.samples !== undefined;
}

/** A drawing as it was loaded: its label, and its content. */
type Loaded = Pick<DataItem, "label" | "content">;

/** Returns all loaded drawings by the id of their sample. */
export function loadedDrawings(data: SampleData, classes: readonly string[]): Map<string, Loaded> {
  const { samples } = data;
  const found = new Map<string, Loaded>();
  const add = (set: ImageSet | undefined, ids: readonly string[], hasLabels: boolean) =>
    ids.forEach((id, i) => {
      const pixels = set!.rows * set!.cols;
      const label = hasLabels ? classes[set!.labels[i]!]! : null;
      found.set(id, { label, content: contentOf(set!.images.subarray(i * pixels, (i + 1) * pixels), label) });
    });
  const idsOf = (refs: readonly { id: string }[]) => refs.map(({ id }) => id);
  add(data.train, idsOf(samples.train), true);
  add(data.holdout, idsOf(samples.holdout), true);
  add(data.negatives, samples.negatives, false);
  return found;
}

/** Returns everything that is loaded as used: what is for training as trained on. */
export function allSides(data: SampleData): DataVersion {
  const { train, holdout, negatives } = data.samples;
  const idsOf = (refs: readonly { id: string }[]) => refs.map(({ id }) => id);
  return { train: idsOf(train), holdout: idsOf(holdout), negatives, left_out: [] };
}

/** The drawings that choose the epoch, of those to train on. The training nodes' own function divides them. */
export function validating(
  { train }: DataVersion,
  { app_y, app_groups }: { app_y: Uint8Array; app_groups: Uint32Array },
  fraction: number,
  seed: number,
): Set<string> {
  // Images whose only content is their index.
  const numbers = Uint32Array.from(train.keys());
  const set = { rows: 1, cols: 4, images: new Uint8Array(numbers.buffer), labels: app_y };
  const { valid } = splitByGroup(set, app_groups, fraction, seed);
  const indices = valid === null ? [] : [...new Uint32Array(valid.images.slice().buffer)];
  return new Set(indices.map((i) => train[i]!));
}

/**
 * Returns the part that each drawing has in a run.
 * @param used  ids by side, from the run's `data_version`.
 * @param valid ids of those in `train` that chose the epoch.
 * @param withNegatives whether the run trains on drawings of no class.
 */
export function drawingSides(
  loaded: ReadonlyMap<string, Loaded>,
  used: DataVersion,
  valid: ReadonlySet<string>,
  withNegatives: boolean,
): DataItem[] {
  const item = (sampleId: string, side: DataSide, reason: string | null = null): DataItem[] => {
    const drawing = loaded.get(sampleId);
    return drawing === undefined ? [] : [{ sampleId, side, reason, ...drawing }];
  };
  return [
    ...used.train.flatMap((id) => item(id, valid.has(id) ? "valid" : "train")),
    ...used.holdout.flatMap((id) => item(id, "holdout")),
    ...(withNegatives ? used.negatives.flatMap((id) => item(id, "train")) : []),
    ...used.left_out.flatMap(({ id, reason }) => item(id, "left_out", reason)),
  ];
}
