import * as v from "valibot";
import type { Dataset } from "../engine/catalog/dataset.ts";
import { DatasetError } from "../engine/errors.ts";

/** A schema that a value must match when it is loaded and before it is saved. The value itself is not changed. */
export type Validator = v.GenericSchema;

/** Wraps a dataset so that its values are checked. */
export function validated(dataset: Dataset, name: string, validator: Validator): Dataset {
  return {
    async load(notice) {
      const value = await dataset.load(notice);
      check(value, name, validator);
      return value;
    },
    async save(value) {
      check(value, name, validator);
      await dataset.save(value);
    },
    exists: () => dataset.exists(),
    describe: () => ({ ...dataset.describe(), validator: name }),
    isEphemeral: dataset.isEphemeral,
    release: dataset.release?.bind(dataset),
    fingerprint: dataset.fingerprint?.bind(dataset),
    versions: dataset.versions?.bind(dataset),
    problem: dataset.problem?.bind(dataset),
  };
}

/** @throws DatasetError naming the row (from 1, in a list of rows), the field, what was expected and what was found. */
function check(value: unknown, name: string, validator: Validator): void {
  const result = v.safeParse(validator, value);
  if (result.success) return;
  const [issue] = result.issues;
  const more = result.issues.length === 1 ? "" : ` (and ${result.issues.length - 1} more)`;
  throw new DatasetError(`it is not a valid ${name}: ${placeOf(issue, value)}${reasonOf(issue)}${more}`);
}

function placeOf(issue: v.BaseIssue<unknown>, value: unknown): string {
  const path = (issue.path ?? []).map((item) => String(item.key));
  if (path.length === 0) return "";
  if (!Array.isArray(value)) return `field "${path.join(".")}": `;
  const [row, ...field] = path;
  return `row ${Number(row) + 1}${field.length === 0 ? "" : `, field "${field.join(".")}"`}: `;
}

function reasonOf(issue: v.BaseIssue<unknown>): string {
  const isMissing = issue.path?.at(-1)?.type === "object" && issue.input === undefined;
  return isMissing
    ? "is missing"
    : issue.message.replace(/^Invalid type: Expected/, "expected").replace(" but received", ", found");
}
