import { stringify } from "yaml";

/** Formats the value as YAML for a config file; ends with a line feed. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
