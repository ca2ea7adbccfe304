import { type Command, InvalidArgumentError } from "commander";
import { UsageError } from "../../lib/errors.ts";
import { FROM_CONFIG } from "./run-config.ts";

/** Kedro's flags of one dash and two letters, which the parser takes for two flags of one letter each. */
const LONG_FORMS: Readonly<Record<string, string>> = { "-lv": "--load-versions", "-ns": "--namespaces" };

/** The arguments with `-lv` and `-ns` in their long forms. */
export function withLongFlags(argv: readonly string[]): string[] {
  return argv.map((word) => LONG_FORMS[word] ?? word);
}

/** What a resumed run takes from the run that it continues. */
const NOT_WITH_RESUME = [
  "pipeline",
  "pipelines",
  "nodes",
  "fromNodes",
  "toNodes",
  "fromInputs",
  "toOutputs",
  "tags",
  "namespaces",
  "env",
  "params",
  "loadVersions",
  "onlyMissingOutputs",
];

/** Whether the option was typed, or given by a file of flags. */
export function isGiven(command: Command, name: string): boolean {
  return ["cli", FROM_CONFIG].includes(command.getOptionValueSource(name) ?? "");
}

/** @throws UsageError naming flags that contradict each other. */
export function refuseContradictions(command: Command): void {
  if (isGiven(command, "pipeline") && isGiven(command, "pipelines"))
    throw new UsageError("--pipeline and --pipelines do not go together. Leave out one of them");
  if (isGiven(command, "runnerParams") && command.getOptionValue("runner") === "SequentialRunner")
    throw new UsageError(
      "--runner-params max_workers needs a runner with more than one: add --runner ThreadRunner",
    );
  if (!isGiven(command, "resume")) return;
  const refused = command.options.filter((option) => {
    const name = option.attributeName();
    return NOT_WITH_RESUME.includes(name) && isGiven(command, name);
  });
  if (refused.length === 0) return;
  const names = refused.map((option) => option.long).join(", ");
  throw new UsageError(
    `--resume does not go together with ${names}: a resumed run is given what the run before it was given. Leave out one or the other`,
  );
}

/** `max_workers=4`: the one parameter that runners take. */
export function runnerParams(value: string): { max_workers: number } {
  const workers = /^max_workers=(\d+)$/.exec(value.trim())?.[1];
  if (workers === undefined || Number(workers) < 1)
    throw new InvalidArgumentError(`expected max_workers=N with N from 1, found "${value}".`);
  return { max_workers: Number(workers) };
}

/** `ds:version,other:version`, repeated or not. A version may hold colons; it starts after the first. */
export function loadVersions(
  value: string,
  previous: Record<string, string> | undefined,
): Record<string, string> {
  const versions: Record<string, string> = { ...previous };
  for (const part of value.split(",")) {
    const colon = part.indexOf(":");
    const [dataset, version] = [part.slice(0, colon).trim(), part.slice(colon + 1).trim()];
    if (colon < 0 || dataset === "" || version === "") {
      throw new InvalidArgumentError(
        `expected dataset:version, found "${part}". Versions read as 2026-11-23T14.42.31.000Z.`,
      );
    }
    if (Object.hasOwn(versions, dataset)) throw new InvalidArgumentError(`"${dataset}" is given twice.`);
    versions[dataset] = version;
  }
  return versions;
}
