import type { Actor } from "../actor.ts";
import type { Deployment } from "../deployment.ts";
import type { Sample } from "../sample.ts";
import type { ForgetPreview, Forgettable, Forgetting, ForgottenDrawing } from "./forgetting.ts";
import type { DataItem, DataSide, DataVersion } from "./run-data.ts";
import type { SampleChange } from "./sample-change.ts";

/** A page of a list. `cursor` is opaque, from the previous page; `limit` is 1..200, 50 by default. */
export interface LineagePage {
  cursor?: string;
  limit?: number;
}

/** One drawing of a run's data, with what is stored of it now. */
export interface UsedSample extends Pick<DataItem, "side" | "reason"> {
  /** Null once it is forgotten. */
  sampleId: string | null;
  /** The label that it had. */
  label: string | null;
  /** Null when it is deleted or forgotten. */
  sample: Sample | null;
}

/** A run that used a drawing. */
export interface SampleUse extends Pick<DataItem, "side" | "reason" | "label"> {
  runId: string;
  pipeline: string;
  createdAt: string;
  modelVersion: number | null;
  dataSha256: string;
}

/** A model that was trained on a drawing. */
export interface TrainedModel {
  version: number;
  runId: string | null;
  /**
   * `trained`: its run trained on the drawing; `chose_epoch`: the drawing helped to choose the epoch; `inherited`: the
   * version that it was fine-tuned from has it; `not_recorded`: its run is of an earlier release, or trained on a file, and
   * may have used the drawing.
   */
  how: "trained" | "chose_epoch" | "inherited" | "not_recorded";
  /** The label that the drawing had then; null when it is not known. */
  label: string | null;
  /** Of `inherited`: the version that it comes from. */
  inheritedFrom: number | null;
}

/** Where drawings come from and go to: their history, and the runs and models that used them. */
export interface LineageStore {
  /** Returns the changes of a sample, newest first. Also of one that is deleted. */
  history(
    sampleId: string,
    page?: LineagePage,
  ): Promise<{ changes: SampleChange[]; nextCursor: string | null }>;
  /** Records the data of a run, or replaces it. @throws NotFoundError when there is no such run. */
  putRunData(runId: string, items: readonly DataItem[]): Promise<DataVersion>;
  /** Records that a run has the data of another one, if that has any. */
  copyRunData(fromRunId: string, runId: string): Promise<void>;
  /** Null when the run has recorded none. */
  runData(runId: string): Promise<DataVersion | null>;
  /** Returns the drawings of a run's data, in order of first use; of one side, or all. */
  runSamples(
    runId: string,
    page?: LineagePage & { side?: DataSide },
  ): Promise<{ samples: UsedSample[]; nextCursor: string | null }>;
  /** Returns the runs that used a drawing, newest first. */
  runsOf(sampleId: string, page?: LineagePage): Promise<{ uses: SampleUse[]; nextCursor: string | null }>;
  /** Returns the models that were trained on a drawing, newest first. */
  modelsOf(
    sampleId: string,
    page?: LineagePage,
  ): Promise<{ models: TrainedModel[]; nextCursor: string | null }>;
  /** Returns the deployments of these versions, newest first. */
  deploymentsOf(versions: readonly number[], limit: number): Promise<Deployment[]>;
}

/** Removes drawings so that nothing is left of them, and keeps them from coming back. */
export interface ForgettingStore {
  /** Returns what would be forgotten. */
  preview(what: Forgettable): Promise<ForgetPreview>;
  /**
   * Removes drawings with their history, and remembers their hashes, in one transaction.
   * @param key of the hashes, for a store that has none yet.
   */
  forget(what: Forgettable, actor: Actor, key: Uint8Array): Promise<Forgetting>;
  /** Returns the forgotten drawings. */
  list(): Promise<ForgottenDrawing[]>;
  /** Adds forgotten drawings of a list, and removes those that are stored. @returns how many were removed. */
  apply(list: readonly ForgottenDrawing[]): Promise<number>;
  /** Returns the newest forgettings first. */
  log(limit: number): Promise<Forgetting[]>;
  /**
   * Returns the `imageKey`s of forgotten drawings whose files and bytes are still to be removed; null when all are.
   */
  unfinished(): Promise<string[] | null>;
  /** Returns which of these `imageKey`s are of stored drawings. */
  storedImages(keys: readonly string[]): Promise<string[]>;
  /** Marks all forgettings as finished, and drops the keys of their images. */
  finish(): Promise<void>;
  /**
   * Rewrites the database so that its files have nothing of what was deleted, and clears the cache of nodes.
   * @throws UnavailableError when the disk is full, or another process keeps reading.
   */
  erase(): Promise<void>;
}
