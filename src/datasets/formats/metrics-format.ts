import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import type { FileFormat } from "../files/file-dataset.ts";
import { jsonFormat, parseJson } from "./json-format.ts";

/** Metrics by name: numbers, lists of numbers (a curve), or groups of metrics. */
interface Metrics {
  [name: string]: number | readonly number[] | Metrics;
}

/** Reads and writes metrics as JSON. All values are finite numbers, so that they can be compared and charted. */
export function metricsFormat(config: DatasetConfig): FileFormat {
  const { write } = jsonFormat(config);
  return {
    read: (bytes) => checkedMetrics(parseJson(bytes)),
    write: (value) => write(checkedMetrics(value)),
  };
}

/** Returns the value unchanged. @throws DatasetError naming the first value that is not a valid metric. */
function checkedMetrics(value: unknown, path: readonly string[] = []): Metrics {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const where =
      path.length === 0 ? "metrics must be" : `${path.join(".")} must be a number, a list of numbers or`;
    throw new DatasetError(`${where} numbers by name, found ${JSON.stringify(value) ?? typeof value}`);
  }
  for (const [name, figure] of Object.entries(value)) {
    const at = [...path, name];
    if (Array.isArray(figure)) {
      for (const [i, item] of figure.entries()) checkFigure(item, [...at, String(i)]);
    } else if (typeof figure === "number") checkFigure(figure, at);
    else checkedMetrics(figure, at);
  }
  return value as Metrics;
}

function checkFigure(value: unknown, path: readonly string[]): void {
  if (Number.isFinite(value)) return;
  throw new DatasetError(`${path.join(".")} must be a finite number, found ${String(value)}`);
}
