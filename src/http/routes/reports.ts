import { BEFORE, type ReportProps } from "../../../views/fragments/report.ts";
import type { Calibration } from "../../domain/metrics.ts";

/** What is shown first. Sets that are not named here follow in their own order. */
const ORDER = ["mnist_test", "app_holdout"];

/** Every evaluation among the metrics of a run or a model, by the name of its set. Anything else is left out. */
export function readReports(metrics: Readonly<Record<string, unknown>>): Record<string, ReportProps> {
  const names = [...new Set([...ORDER, ...Object.keys(metrics)])].filter((name) => !name.startsWith(BEFORE));
  const found = names.map((name) => [name, readReport(metrics, name)] as const);
  return Object.fromEntries(found.filter((entry): entry is [string, ReportProps] => entry[1] !== null));
}

/** @returns null when there is none of that name with an accuracy. Older metrics may lack all the rest. */
export function readReport(metrics: Readonly<Record<string, unknown>>, name: string): ReportProps | null {
  const value = metrics[name];
  if (!isRecord(value) || typeof value.accuracy !== "number") return null;
  return {
    n: numberOrNull(value.n),
    accuracy: value.accuracy,
    loss: numberOrNull(value.loss),
    perClass: Array.isArray(value.per_class) ? value.per_class.flatMap(readClass) : [],
    confusion: isMatrix(value.confusion) ? value.confusion : [],
    calibration: readCalibration(value.calibration),
    before: name.startsWith(BEFORE) ? null : readReport(metrics, BEFORE + name),
  };
}

function readClass(value: unknown): ReportProps["perClass"] {
  if (!isRecord(value) || typeof value.label !== "string") return [];
  const { label, n, recall, precision } = value;
  return [
    { label, n: numberOrNull(n) ?? 0, recall: numberOrNull(recall), precision: numberOrNull(precision) },
  ];
}

/** Null when any of it is missing. */
function readCalibration(value: unknown): Calibration | null {
  if (!isRecord(value) || typeof value.ece !== "number" || !Array.isArray(value.bins)) return null;
  const bins = value.bins.filter(isRecord).flatMap((bin) => {
    const [from, to, n] = [bin.from, bin.to, bin.n].map(numberOrNull);
    if (from == null || to == null || n == null) return [];
    return [{ from, to, n, confidence: numberOrNull(bin.confidence), accuracy: numberOrNull(bin.accuracy) }];
  });
  return { ece: value.ece, bins };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function isMatrix(value: unknown): value is number[][] {
  return (
    Array.isArray(value) &&
    value.every((row) => Array.isArray(row) && row.every((count) => typeof count === "number"))
  );
}
