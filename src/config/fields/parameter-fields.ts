import type * as v from "valibot";
import type { ParameterField } from "../../domain/runs/parameter-field.ts";
import type { Config } from "../load.ts";
import { parametersSchema } from "../schema.ts";

type Schema = v.GenericSchema;

/** The type and the limits of a single value, by its schema. */
type Rule = Omit<ParameterField, "value">;

/**
 * Returns the parameters of a configuration as fields of a form, by their names with dots: groups down to their single
 * values, in the order of the schema, then the project's own parameters, which may have any value.
 */
export function parameterFields({
  parameters,
  ownParameters,
}: Pick<Config, "parameters" | "ownParameters">): Record<string, ParameterField> {
  return Object.fromEntries([
    ...Object.entries(parametersSchema.entries).flatMap(([name, schema]) =>
      fieldsOf(name, schema, (parameters as Record<string, unknown>)[name]),
    ),
    ...Object.entries(ownParameters).flatMap(([name, value]) => ownFields(name, value)),
  ]);
}

function fieldsOf(name: string, schema: Schema, value: unknown): [string, ParameterField][] {
  const entries = entriesOf(schema);
  if (entries === null || value === null) return [[name, { ...ruleOf(schema), value }]];
  return Object.entries(entries).flatMap(([key, inner]) =>
    fieldsOf(`${name}.${key}`, inner, (value as Record<string, unknown>)[key]),
  );
}

function ownFields(name: string, value: unknown): [string, ParameterField][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value);
    if (entries.length > 0) return entries.flatMap(([key, inner]) => ownFields(`${name}.${key}`, inner));
  }
  return [[name, { kind: "any", isNullable: true, value }]];
}

/** The keys of a group, also of one that may be null. */
function entriesOf(schema: Schema): Record<string, Schema> | null {
  if ("wrapped" in schema) return entriesOf(schema.wrapped as Schema);
  return "entries" in schema ? (schema.entries as Record<string, Schema>) : null;
}

function ruleOf(schema: Schema): Rule {
  if (schema.type === "nullable") return { ...ruleOf(wrapped(schema)), isNullable: true };
  if (schema.type === "optional") return ruleOf(wrapped(schema));
  if (schema.type === "picklist")
    return {
      kind: "choice",
      options: (schema as unknown as { options: readonly string[] }).options,
      isNullable: false,
    };
  if (schema.type === "boolean") return { kind: "boolean", isNullable: false };
  return schema.type === "number" ? numberRule(schema) : { kind: "any", isNullable: false };
}

function wrapped(schema: Schema): Schema {
  return (schema as unknown as { wrapped: Schema }).wrapped;
}

/** A check in the pipe of a schema. */
interface Check {
  type: string;
  requirement?: unknown;
}

/** The checks of a schema, also those of the one that it extends. */
function checksOf(schema: object): Check[] {
  const steps = "pipe" in schema ? (schema.pipe as readonly Check[]) : [];
  return steps.flatMap((step) => (step === schema ? [step] : [step, ...innerChecks(step)]));
}

/** A schema within a pipe has a pipe of its own, which begins with the bare schema. */
function innerChecks(step: Check): Check[] {
  return "pipe" in step ? checksOf(step) : [];
}

function numberRule(schema: Schema): Rule {
  const checks = checksOf(schema);
  const of = (type: string) => checks.find((check) => check.type === type)?.requirement as number | undefined;
  const [min, above, max, below] = [of("min_value"), of("gt_value"), of("max_value"), of("lt_value")];
  // Of two limits at the same end, the stricter one holds: a share is from 0 to below 1.
  const isBelow = below !== undefined && (max === undefined || below <= max);
  return {
    kind: checks.some(({ type }) => type === "integer") ? "integer" : "number",
    ...(min === undefined && above === undefined ? {} : { min: min ?? above! }),
    ...(above === undefined ? {} : { isAboveMin: true }),
    ...(max === undefined && below === undefined ? {} : { max: isBelow ? below! : max! }),
    ...(isBelow ? { isBelowMax: true } : {}),
    isNullable: false,
  };
}
