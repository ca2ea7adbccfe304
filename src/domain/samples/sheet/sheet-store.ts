import type { Actor } from "../../actor.ts";
import type { Sample, SampleState } from "../../sample.ts";
import type { SampleFilter, SampleQuery } from "./sample-filter.ts";

/** A sample as a contact sheet shows it, without its ink. */
export type SheetItem = Pick<Sample, "id" | "label" | "state" | "predicted" | "shown" | "writer">;

/** A sample in use, without its ink and image: thousands of them fit where one page of images does. */
export interface SampleOutline {
  id: string;
  label: string | null;
  /** Whether the label is in review, or the model predicted another class when the drawing was made. */
  isDoubtful: boolean;
}

/** The greatest number of samples that are selected one by one; more are selected by a filter. */
export const MAX_SELECTED = 5_000;

/** A selected sample, with what the person saw: nobody changes a label that they have not seen. */
export interface SelectedSample {
  id: string;
  /** Omitted by programs that have not looked. */
  seen?: { label: string | null; state: SampleState };
}

/** The samples of a bulk action: listed, or all that match a filter. */
export type Selection = { samples: readonly SelectedSample[] } | { filter: SampleFilter };

/**
 * One change for many samples. `relabel` also labels a drawing of none of the classes, and restores a withdrawn one.
 * `none`: of none of the classes. `withdraw`: kept, but never trained on. `restore`: the opposite, with the label that
 * the sample has. `confirm`: a person has looked at the label, and it is right; only a labelled sample has one.
 */
export type BulkChange =
  | { kind: "relabel"; label: string }
  | { kind: "none" | "withdraw" | "restore" | "confirm" };

/** The kinds of recorded actions. `grid`: the decisions about a page of the grid. */
export const ACTION_KINDS = ["relabel", "none", "withdraw", "restore", "confirm", "import", "grid"] as const;

/** A recorded action on many samples, which can be undone as a whole. */
export interface SampleAction {
  id: number;
  kind: (typeof ACTION_KINDS)[number];
  /** Of a relabelling; of a page of the grid, its class; of an import, the name of the file; otherwise null. */
  label: string | null;
  /** Number of samples that it changed or stored. */
  n: number;
  at: string;
  actor: Actor | null;
  /** Null while it can be undone. */
  undoneAt: string | null;
}

/**
 * The reasons why a sample of an action is not changed. `gone`: deleted or forgotten in the meantime. `pinned`: an
 * operator has pinned it. `changed`: someone else has changed it in the meantime.
 */
export const KEPT_REASONS = ["gone", "pinned", "changed"] as const;
/** One of these reasons. */
export type KeptReason = (typeof KEPT_REASONS)[number];

/** A sample that an action did not change. */
interface KeptSample {
  id: string;
  reason: KeptReason;
}

/** How many of the samples that were not changed a result names. */
export const NAMED_KEPT = 100;

/** The result of a bulk action, or of undoing it. */
export interface BulkResult {
  /** Null when nothing was changed. */
  action: SampleAction | null;
  changed: number;
  /** Samples that were as requested already. */
  unchanged: number;
  /** Number of samples that were not changed, by reason. */
  kept: Record<KeptReason, number>;
  /** The first `NAMED_KEPT` of them. */
  named: KeptSample[];
}

/** A model version's prediction for a sample: when it was drawn, or since, unseen, in a trial that is running. */
export interface SamplePrediction {
  modelVersion: number;
  label: string;
  /** Null where only the label is kept. */
  confidence: number | null;
  when: "drawn" | "trial";
}

/** Contact sheets: pages of samples by any filter, their images, and actions on many samples at once. */
export interface SheetStore {
  /** @throws InputError for a cursor or limit that is not valid. */
  page(query: SampleQuery): Promise<{ items: SheetItem[]; nextCursor: string | null }>;
  count(filter: SampleFilter): Promise<number>;
  items(ids: readonly string[]): Promise<SheetItem[]>;
  /** The samples that are not withdrawn, after an id in order of creation; the first ones for null. */
  outlinesAfter(id: string | null, limit: number): Promise<SampleOutline[]>;
  /** The images of samples, in the order of the ids; null for one that does not exist. */
  images(ids: readonly string[]): Promise<(Uint8Array | null)[]>;
  /** The samples of a selection in the order of their ids, after an id, with their ink; for export. */
  selected(selection: Selection, after: string | null, limit: number): Promise<Sample[]>;
  /** The values that filters can choose from: sources and model versions that there are. */
  choices(): Promise<{ sources: string[]; modelVersions: number[] }>;
  /**
   * Changes all selected samples that can be changed, and names the others. Up to `AT_ONCE` samples are one
   * transaction; more are several, so that a label never waits long.
   * @throws InputError for more than `MAX_SELECTED` listed samples.
   */
  change(selection: Selection, change: BulkChange, actor: Actor): Promise<BulkResult>;
  /**
   * Undoes an action: each of its samples that still is as the action left it gets its earlier label, state and
   * review; of an import, it is deleted. A drawing of an import that a labeller has labelled since is kept, as `changed`.
   * @throws NotFoundError when there is no such action; ConflictError when it is undone already.
   */
  undo(action: number, actor: Actor): Promise<BulkResult>;
  /** Records an import, which has no samples yet. @returns the number of the action. */
  startImport(file: string, actor: Actor): Promise<number>;
  action(id: number): Promise<SampleAction | null>;
  /** The newest actions first. */
  actions(limit: number): Promise<SampleAction[]>;
  /** The predictions of every version that has seen a sample, as far as they are kept; one for each version. */
  predictions(id: string): Promise<SamplePrediction[]>;
  /** The samples most like one, by their pixels, among the newest samples of the same label and prediction. */
  alike(id: string, limit: number): Promise<{ item: SheetItem; distance: number }[]>;
}
