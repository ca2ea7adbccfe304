import type { GateRecord } from "../gate.ts";
import type { DataVersion } from "../lineage/run-data.ts";
import type { ModelState } from "../model.ts";

/** A version whose run was evaluated by the gate. */
export interface EvaluatedVersion {
  version: number;
  runId: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  state: ModelState;
  /** The drawings of its run by side; null when the run has not recorded them. */
  data: DataVersion["counts"] | null;
  gate: GateRecord;
}

/** The prediction for one labelled drawing of a person, made before its label was given. */
export interface PersonAnswer {
  label: string;
  /** The model's own prediction. */
  predicted: string;
  /** The prediction that was shown, where the personal memory changed it; null where it did not. */
  shown: string | null;
  /** ISO 8601, UTC. */
  at: string;
}

/** The newest drawings of a person that a model predicted. */
export interface PersonAnswers {
  /** All labelled drawings of the person, predicted or not. */
  total: number;
  /** The number of the oldest drawing that was read, counted from 1; later ones were read, too. */
  from: number;
  /** Oldest first. `number` counts the person's labelled drawings from 1. */
  answers: (PersonAnswer & { number: number })[];
}

/** Reads what labels have brought. Nothing here writes. */
export interface LearningStore {
  /** Returns the versions whose runs the gate evaluated, newest first, at most `limit`. */
  evaluated(limit: number): Promise<EvaluatedVersion[]>;
  /**
   * Returns the predictions for a writer's newest labelled drawings, at most `limit` of them. Drawings without a
   * prediction are counted, and not returned; neither are imported ones, whose prediction may be another store's.
   */
  person(writer: string, limit: number): Promise<PersonAnswers>;
}
