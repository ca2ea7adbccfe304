import { stringify } from "yaml";

/** The value as YAML, as one could write it in a config file. Its text ends with a line feed. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
