import type { ReportProps } from "../../../views/fragments/report.ts";

/** What is shown first. Sets that are not named here follow in their own order. */
const ORDER = ["mnist_test", "app_holdout"];
/** Before the name of a set: how the model in service then did on it. */
const BEFORE = "champion_";

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
  const before = metrics[BEFORE + name];
  return {
    n: numberOrNull(value.n),
    accuracy: value.accuracy,
    loss: numberOrNull(value.loss),
    perClass: Array.isArray(value.per_class) ? value.per_class.flatMap(readClass) : [],
    confusion: isMatrix(value.confusion) ? value.confusion : [],
    accuracyBefore: isRecord(before) ? numberOrNull(before.accuracy) : null,
  };
}

function readClass(value: unknown): ReportProps["perClass"] {
  if (!isRecord(value) || typeof value.label !== "string") return [];
  const { label, n, recall, precision } = value;
  return [
    { label, n: numberOrNull(n) ?? 0, recall: numberOrNull(recall), precision: numberOrNull(precision) },
  ];
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
