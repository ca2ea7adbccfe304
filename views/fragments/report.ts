import {
  APP_HOLDOUT,
  type Calibration,
  type ClassScore,
  MNIST_TEST,
  setOfChampion,
} from "../../src/domain/metrics.ts";
import type { Text } from "../i18n/text.ts";

/** An evaluation as pages show it; what an older run did not record is null. */
export interface ReportProps {
  n: number | null;
  /** 0..1 */
  accuracy: number;
  loss: number | null;
  perClass: readonly ClassScore[];
  /** Rows are true classes, in the order of `perClass`; empty when not recorded. */
  confusion: readonly (readonly number[])[];
  calibration: Calibration | null;
  /** What the model that was in service then scored on the same images; null when not recorded. */
  before: ReportProps | null;
}

/** The name of an evaluation set in words; sets that have none stay as they are. */
export function setName(text: Text, set: string): string {
  const { t } = text;
  const own = setOfChampion(set);
  if (own !== null) return t("eval.ofBefore", { set: setName(text, own) });
  const known = ([MNIST_TEST, APP_HOLDOUT] as const).find((each) => each === set);
  return known === undefined ? set : t(`model.set.${known}`);
}

/** "on 10,000 images, the model before: 99.3 %", as far as it is known. */
export function reportNote({ t, number, percent }: Text, report: ReportProps): string {
  const parts: string[] = [];
  if (report.n !== null) parts.push(t("model.onImages", { n: number(report.n) }));
  if (report.before !== null) {
    parts.push(t("model.before", { percent: percent(report.before.accuracy, 2) }));
  }
  return parts.join(t("text.comma"));
}
