import type { SampleFilter } from "../../../domain/samples/sheet/sample-filter.ts";

/** Each filter as a condition on the columns of the index `samples_sheet`. */
const CONDITIONS: Readonly<Record<keyof SampleFilter, (value: never) => string>> = {
  label: () => "label = $label",
  predicted: () => "predicted = $predicted",
  correctness: (value: "right" | "wrong") =>
    `state = 'labelled' AND predicted ${value === "right" ? "=" : "<>"} label`,
  minConfidence: () => "confidence >= $minConfidence",
  maxConfidence: () => "confidence <= $maxConfidence",
  writer: () => "writer = $writer",
  modelVersion: () => "model_version = $modelVersion",
  split: () => "split = $split",
  state: () => "state = $state",
  from: () => "created_at >= $from",
  until: () => "created_at < $until",
  source: () => "source = $source",
  isPersonal: (value: boolean) =>
    value ? "shown <> predicted" : "(shown IS NULL OR predicted IS NULL OR shown = predicted)",
  search: () =>
    "(substr(id, 1, length($search)) = lower($search) OR instr(writer, $search) > 0 OR instr(lower(writer), lower($search)) > 0)",
  arrivedBy: () => "arrival <= $arrivedBy",
};

/** Filters that are a condition without a value. */
const WITHOUT_VALUE = new Set<string>(["correctness", "isPersonal"]);

/** The values of named parameters. */
export type Values = Record<string, string | number>;

/**
 * Returns the `FROM` and `WHERE` of a query of samples by any filter, with its values. It reads the index
 * `samples_sheet` only: whatever the filter, the work is one pass over 100 bytes a sample, which a list in the order of
 * ids ends as soon as it is full.
 *
 * @param beyond the id after (or before) which the samples are; omitted for all.
 */
export function filtered(
  filter: SampleFilter,
  beyond?: { after: string } | { before: string },
): { from: string; values: Values } {
  const conditions: string[] = [];
  const values: Values = {};
  if (beyond !== undefined) {
    conditions.push("after" in beyond ? "id > $id" : "id < $id");
    values.id = "after" in beyond ? beyond.after : beyond.before;
  }
  for (const [name, condition] of Object.entries(CONDITIONS)) {
    const value = filter[name as keyof SampleFilter];
    if (value === undefined) continue;
    conditions.push(condition(value as never));
    if (!WITHOUT_VALUE.has(name) && typeof value !== "boolean") values[name] = value;
  }
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  return { from: `FROM samples INDEXED BY samples_sheet${where}`, values };
}
