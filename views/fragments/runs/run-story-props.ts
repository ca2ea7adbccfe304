import type { GateRecord } from "../../../src/domain/gate.ts";
import type { Sentence } from "../../../src/lib/saying.ts";
import type { ThrownError } from "../../../src/lib/thrown-error.ts";
import type { ChartPoint } from "../../charts/series-chart.tsx";
import type { EpochRow } from "./training-curves.tsx";

/** A node of a run, with its state. */
export interface RunNode {
  name: string;
  state: "waiting" | "running" | "done" | "failed" | "skipped";
  durationMs: number | null;
  /** The error that it threw and its causes, with the places in the project's files; absent when there are none. */
  thrown?: readonly ThrownError[] | undefined;
}

/** The progress of a run so far. */
export interface RunStoryProps {
  nodes: readonly RunNode[];
  /** The newest progress of the training; null before the first report. */
  training: {
    epoch: number;
    epochs: number;
    /** 0..1 over all epochs. */
    progress: number;
    loss: number | null;
    samplesPerS: number | null;
  } | null;
  /** x in epochs. */
  losses: readonly ChartPoint[];
  learningRates: readonly ChartPoint[];
  speeds: readonly ChartPoint[];
  /** Finished epochs. */
  epochs: readonly EpochRow[];
  /** The epoch whose weights would be kept: the best so far, or without validation the last. */
  bestEpoch: number | null;
  gate: GateRecord | null;
  /** The version that went live, if one did. */
  promotedVersion: number | null;
  log: readonly ({ at: string } & Sentence)[];
}
