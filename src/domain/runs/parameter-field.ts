/** The kind of a parameter's values. */
type ParameterKind =
  /** Any value in the syntax of `--params`. */
  "any" | "integer" | "number" | "boolean" | "choice";

/** A parameter of parameters.yml as a field of a form. */
export interface ParameterField {
  kind: ParameterKind;
  /** The smallest and the largest value; absent where there is no limit. */
  min?: number;
  max?: number;
  /** Whether `min` or `max` itself is refused. */
  isAboveMin?: boolean;
  isBelowMax?: boolean;
  /** The values of a choice. */
  options?: readonly string[];
  /** Whether `null` is a value: it turns something off. */
  isNullable: boolean;
  /** The value in effect without an override. */
  value: unknown;
}
