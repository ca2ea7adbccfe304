import type { Assignment } from "./assignments.ts";
import type { Origin, Problem } from "./errors.ts";
import { readValue } from "./value-text.ts";

const PREFIX = "TEGAKI_";
const SEPARATOR = "__";

/** The config files that environment variables can override. */
export type EnvironmentFile = "parameters" | "server";

/**
 * Reads configuration from environment variables: `TEGAKI_<FILE>__<KEY>[__<KEY>...]=value`, in capitals, with the
 * value as in `--params`. `TEGAKI_SERVER__GATE__THRESHOLD=0.99` means `gate: {threshold: 0.99}` in server.yml. An empty value
 * counts as unset, and names without a double underscore are ignored.
 * @param problems appended to: an unknown file, an empty key, a malformed value.
 * @param warnings appended to: values that YAML 1.1 reads differently.
 */
export function readEnvironment(
  environ: Readonly<Record<string, string | undefined>>,
  problems: Problem[],
  warnings: Problem[] = [],
): Record<EnvironmentFile, Assignment[]> {
  const found: Record<EnvironmentFile, Assignment[]> = { parameters: [], server: [] };
  for (const [name, text] of Object.entries(environ).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!name.startsWith(PREFIX) || !name.includes(SEPARATOR) || text === undefined || text === "") continue;
    const [file, ...path] = name.slice(PREFIX.length).toLowerCase().split(SEPARATOR);
    const origin: Origin = { source: name, position: null, key: path.join(".") };
    if ((file !== "parameters" && file !== "server") || path.includes("")) {
      problems.push({ origin, message: "expected TEGAKI_PARAMETERS__<KEY> or TEGAKI_SERVER__<KEY>" });
      continue;
    }
    const value = readValue(origin, text.trim(), problems, warnings);
    if (value !== null) found[file].push({ path, value });
  }
  return found;
}
