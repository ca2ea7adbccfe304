import type { GateSentence } from "../../domain/gate.ts";
import { batchReason, heldGroups, type Side } from "./batch-tests.ts";
import { nearDuplicates } from "./near-duplicates.ts";
import type { ScreeningParams } from "./screening-params.ts";
import { isSuspect, type LabelAnswer } from "./suspects.ts";
import { beyondCap } from "./writer-cap.ts";

/** Labelled drawings of one side of the split. */
export interface ScreenedSide {
  side: Side;
  /** uint8 [N, pixels], and [N]. */
  images: Uint8Array;
  labels: Uint8Array;
  /** [N]: equal for drawings of the same writer or session. */
  groups: Uint32Array;
  /** [N]: whether the label has passed screening before, or a person has confirmed it. */
  isScreened: readonly boolean[];
  /** [N]: the model's answer; null where the model does not know the label, or there is no model. */
  answers: readonly (LabelAnswer | null)[];
}

/** Why a drawing is not used. */
export type LeftOut = "suspect" | "writer_held" | "writer_cap" | "near_duplicate";

/** The result of screening one side. */
export interface Screening {
  /** [N]: null for a drawing that is used. */
  leftOut: (LeftOut | null)[];
  /** [N]: whether the label is suspect, and goes to review. */
  isSuspect: boolean[];
  /** Number of labels that were not screened before. */
  n: number;
  /** The reason to hold the new labels as a whole; null when there is none. */
  reason: GateSentence | null;
}

/**
 * Screens the labels that were never screened, and says which drawings are not to be used. Suspect labels, and those of
 * a writer with too many of them, go to review; of all drawings, those beyond a writer's share and near-duplicates are
 * left out.
 *
 * Held-out drawings with a suspect label are still used, unless the batch is held: models are compared on the same
 * drawings, so a wrong label counts for none of them, and without the drawings that the screening model misreads no
 * candidate could show that it reads them.
 */
export function screen(side: ScreenedSide, params: ScreeningParams, classes: readonly string[]): Screening {
  const fresh = Array.from(side.labels.keys()).filter((i) => side.isScreened[i] !== true);
  const batch = {
    answers: fresh.map((i) => side.answers[i] ?? null),
    groups: Uint32Array.from(fresh, (i) => side.groups[i]!),
  };
  const leftOut = new Array<LeftOut | null>(side.labels.length).fill(null);
  const held = new Set(batch.groups).size > 1 ? heldGroups(batch, params) : new Set<number>();
  const suspect = new Array<boolean>(side.labels.length).fill(false);
  const reason = batchReason(batch, params, classes, side.side);
  batch.answers.forEach((answer, at) => {
    const i = fresh[at]!;
    suspect[i] = answer !== null && isSuspect(answer, params.suspect_below);
    if (suspect[i] && (side.side === "train" || reason !== null)) leftOut[i] = "suspect";
    else if (held.has(side.groups[i]!)) leftOut[i] = "writer_held";
  });
  leaveOut(leftOut, "near_duplicate", (kept) =>
    nearDuplicates(imagesAt(side, kept), labelsAt(side, kept), params.near_duplicate),
  );
  leaveOut(leftOut, "writer_cap", (kept) =>
    beyondCap(
      Uint32Array.from(kept, (i) => side.groups[i]!),
      params.writer_cap,
      params.cap_from_writers,
    ),
  );
  return { leftOut, isSuspect: suspect, n: fresh.length, reason };
}

/** Marks those of the drawings still used that `find` returns the positions of. */
function leaveOut(
  leftOut: (LeftOut | null)[],
  reason: LeftOut,
  find: (kept: readonly number[]) => readonly number[],
): void {
  const kept = [...leftOut.keys()].filter((i) => leftOut[i] === null);
  for (const at of find(kept)) leftOut[kept[at]!] = reason;
}

function imagesAt({ images, labels }: ScreenedSide, indices: readonly number[]): Uint8Array {
  const pixels = labels.length === 0 ? 0 : images.length / labels.length;
  const all = new Uint8Array(indices.length * pixels);
  indices.forEach((from, to) => {
    all.set(images.subarray(from * pixels, (from + 1) * pixels), to * pixels);
  });
  return all;
}

function labelsAt({ labels }: ScreenedSide, indices: readonly number[]): Uint8Array {
  return Uint8Array.from(indices, (i) => labels[i]!);
}
