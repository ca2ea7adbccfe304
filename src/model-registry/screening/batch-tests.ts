import type { GateSentence } from "../../domain/gate.ts";
import { saying as says } from "../../lib/saying.ts";
import { count } from "../gate/figures.ts";
import type { ScreeningParams } from "./screening-params.ts";
import { isSuspect, type LabelAnswer } from "./suspects.ts";

/** The side of the split that a batch is on. */
export type Side = "train" | "holdout";

/** Labels as the tests see them. */
export interface Batch {
  /** [N]; null where the model does not know the label. */
  answers: readonly (LabelAnswer | null)[];
  /** [N]: equal for labels of the same writer or session. */
  groups: Uint32Array;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

/**
 * Tests whether the labels of a batch contradict the model as labels of people do not: in one cell (drawings predicted
 * as one class and labelled as the same other one: a class that was renamed), or everywhere (careless labels).
 *
 * @returns the reason to hold the batch as a whole; null when there is none.
 */
export function batchReason(
  { answers }: Batch,
  params: ScreeningParams,
  classes: readonly string[],
  side: Side,
): GateSentence | null {
  return cellReason(answers, params, classes, side) ?? shareReason(answers, params, side);
}

function cellReason(
  answers: Batch["answers"],
  { suspect_below, min_suspects, cell_share }: ScreeningParams,
  classes: readonly string[],
  side: Side,
): GateSentence | null {
  const rows = new Map<number, number>();
  const cells = new Map<string, { predicted: number; label: number; n: number }>();
  for (const answer of answers) {
    if (answer === null) continue;
    rows.set(answer.predicted, (rows.get(answer.predicted) ?? 0) + 1);
    if (!isSuspect(answer, suspect_below)) continue;
    const { predicted, label } = answer;
    const cell = cells.get(`${predicted} ${label}`) ?? { predicted, label, n: 0 };
    cell.n++;
    cells.set(`${predicted} ${label}`, cell);
  }
  const broken = [...cells.values()]
    .filter(({ predicted, n }) => n >= min_suspects && n >= cell_share * rows.get(predicted)!)
    .sort((a, b) => b.n - a.n)[0];
  if (broken === undefined) return null;
  const { n } = broken;
  const row = rows.get(broken.predicted)!;
  const [predicted, label] = [classes[broken.predicted] ?? "?", classes[broken.label] ?? "?"];
  const whose = side === "train" ? "new" : "new held-out";
  return {
    detail: `Of ${count(row)} ${whose} drawings that the model reads as "${predicted}", ${count(n)} are labelled "${label}" (${percent(n / row)}; ${percent(cell_share)} is the limit). The batch is in review`,
    says: says(side === "train" ? "heldCell" : "heldCellHoldout", {
      row,
      predicted,
      n,
      label,
      share: n / row,
      shareLimit: cell_share,
    }),
  };
}

function shareReason(
  answers: Batch["answers"],
  { suspect_below, min_suspects, batch_share }: ScreeningParams,
  side: Side,
): GateSentence | null {
  const known = answers.filter((answer) => answer !== null);
  const n = known.filter((answer) => isSuspect(answer, suspect_below)).length;
  if (n < min_suspects || n < batch_share * known.length) return null;
  const whose = side === "train" ? "new" : "new held-out";
  return {
    detail: `${count(n)} of ${count(known.length)} ${whose} labels contradict the model (${percent(n / known.length)}; ${percent(batch_share)} is the limit). The batch is in review`,
    says: says(side === "train" ? "heldShare" : "heldShareHoldout", {
      n,
      row: known.length,
      share: n / known.length,
      shareLimit: batch_share,
    }),
  };
}

/** The groups (writers or sessions) too many of whose labels are suspect, though the batch as a whole is not. */
export function heldGroups(
  { answers, groups }: Batch,
  { suspect_below, min_suspects, writer_share }: ScreeningParams,
): Set<number> {
  const totals = new Map<number, { n: number; suspects: number }>();
  answers.forEach((answer, i) => {
    if (answer === null) return;
    const total = totals.get(groups[i]!) ?? { n: 0, suspects: 0 };
    total.n++;
    if (isSuspect(answer, suspect_below)) total.suspects++;
    totals.set(groups[i]!, total);
  });
  const isHeld = ({ n, suspects }: { n: number; suspects: number }) =>
    suspects >= min_suspects && suspects >= writer_share * n;
  return new Set([...totals].filter(([, total]) => isHeld(total)).map(([group]) => group));
}
