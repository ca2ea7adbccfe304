import type { AppData } from "../../datasets/samples-dataset.ts";
import type { ImageSet } from "../../domain/image-set.ts";
import { contentOf, type DataItem, type DataSide } from "../../domain/lineage/run-data.ts";
import { type SplitDrawingsInputs, splitDrawings } from "../../pipelines/de/nodes.ts";
import { splitByGroup } from "../../pipelines/first/drawings.ts";

/** The parameters that decide what a training node does with drawings. */
export interface SideParams extends Omit<SplitDrawingsInputs, "app_data"> {
  seed: number;
  validation_split: number;
  tuning_validation_split: number;
}

/** Data of the sample store, as the dataset loads it. */
export type SampleData = AppData & { ids: NonNullable<AppData["ids"]> };

/** Whether data comes from the sample store, so that its drawings are known by their ids. */
export function hasIds(data: unknown): data is SampleData {
  return typeof data === "object" && data !== null && "ids" in data && data.ids !== undefined;
}

/**
 * Returns what a built-in training node does with each drawing. The nodes' own functions are applied to images whose
 * only content is their index, so this cannot differ from what the run does.
 *
 * @param node `fine_tune` or `train_first`; null for other nodes, which may use everything that is for training.
 */
export function drawingSides(
  data: SampleData,
  node: "fine_tune" | "train_first" | null,
  params: SideParams,
): DataItem[] {
  const { ids } = data;
  const negatives = node === "train_first" ? [] : itemsOf(data, "negatives", "train");
  if (node === null)
    return [...itemsOf(data, "train", "train"), ...itemsOf(data, "holdout", "holdout"), ...negatives];
  const drawings = [...itemsOf(data, "train", "train"), ...itemsOf(data, "holdout", "holdout")];
  const { app_x, app_y, app_groups, app_holdout } = splitDrawings({
    ...params,
    app_data: {
      train: indexed(data.train, 0),
      holdout: indexed(data.holdout, ids.train.length),
      ...(data.groups && { groups: data.groups }),
    },
  });
  const fraction = node === "fine_tune" ? params.tuning_validation_split : params.validation_split;
  const { train, valid } = splitByGroup({ ...app_x, labels: app_y }, app_groups, fraction, params.seed);
  const on = (set: ImageSet | null, side: DataSide) =>
    set === null ? [] : indicesIn(set).map((i) => ({ ...drawings[i]!, side }));
  return [...on(train, "train"), ...on(valid, "valid"), ...on(app_holdout, "holdout"), ...negatives];

  function itemsOf(from: SampleData, set: "train" | "holdout" | "negatives", side: DataSide): DataItem[] {
    const images = from[set];
    return from.ids[set].map((sampleId, i) => {
      const pixels = images!.rows * images!.cols;
      const label = set === "negatives" ? null : params.classes[images!.labels[i]!]!;
      const content = contentOf(images!.images.subarray(i * pixels, (i + 1) * pixels), label);
      return { sampleId, side, reason: null, label, content };
    });
  }
}

/** A set with the same labels, and 4-byte images that are the numbers from `first` on. */
function indexed({ labels }: ImageSet, first: number): ImageSet {
  const numbers = Uint32Array.from(labels, (_, i) => first + i);
  return { rows: 1, cols: 4, images: new Uint8Array(numbers.buffer), labels };
}

function indicesIn({ images }: ImageSet): number[] {
  return [...new Uint32Array(images.slice().buffer)];
}
