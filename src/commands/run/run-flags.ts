import { type Command, InvalidArgumentError } from "commander";
import { UsageError } from "../../lib/errors.ts";
import { FROM_CONFIG } from "./run-config.ts";

/** Kedro's flags of one dash and two letters, which the parser would read as two flags of one letter each. */
const LONG_FORMS: Readonly<Record<string, string>> = { "-lv": "--load-versions", "-ns": "--namespaces" };

/** The arguments with `-lv` and `-ns` in their long forms. */
export function withLongFlags(argv: readonly string[]): string[] {
  return argv.map((word) => (Object.hasOwn(LONG_FORMS, word) ? LONG_FORMS[word]! : word));
}

/** Options that a resumed run takes from the run that it continues. */
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
  "loadVersions",
  "onlyMissingOutputs",
];

/** Whether the option was typed, or set by `--config`. */
export function isGiven(command: Command, name: string): boolean {
  return ["cli", FROM_CONFIG].includes(command.getOptionValueSource(name) ?? "");
}

/** @throws UsageError naming flags that contradict each other. */
export function refuseContradictions(command: Command): void {
  if (isGiven(command, "pipeline") && isGiven(command, "pipelines"))
    throw new UsageError("--pipeline and --pipelines cannot be combined. Use one of them");
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
    `--resume cannot be combined with ${names}: a resumed run repeats the options of the run that it continues. Use one or the other`,
  );
}

/** Parses `max_workers=4`, the only parameter of the runners. */
export function runnerParams(value: string): { max_workers: number } {
  const workers = /^max_workers=(\d+)$/.exec(value.trim())?.[1];
  if (workers === undefined || Number(workers) < 1)
    throw new InvalidArgumentError(`expected max_workers=N with N from 1, found "${value}".`);
  return { max_workers: Number(workers) };
}

/** Parses `ds:version,other:version`, repeated or not. A version may contain colons; it starts after the first one. */
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
        `expected dataset:version, found "${part}". A version looks like 2026-11-23T14.42.31.000Z.`,
      );
    }
    if (Object.hasOwn(versions, dataset)) throw new InvalidArgumentError(`"${dataset}" is given twice.`);
    versions[dataset] = version;
  }
  return versions;
}
