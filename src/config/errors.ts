import { UsageError } from "../lib/errors.ts";

/** Where a value came from: a file with its line and column, an environment variable, or a flag. */
export interface Origin {
  source: string;
  /** From 1. Null when the source has no lines. */
  position: { line: number; column: number } | null;
}

export interface Problem {
  origin: Origin;
  message: string;
}

/** The configuration is wrong. The message has one line for each problem: `source:line:column: what`. */
export class ConfigError extends UsageError {
  override readonly name = "ConfigError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ origin, message }) => `${placeOf(origin)}: ${message}`).join("\n"));
    this.problems = problems;
  }
}

/** `conf/local/server.yml:3:5`, or `--params epochs`. */
export function placeOf({ source, position }: Origin): string {
  return position === null ? source : `${source}:${position.line}:${position.column}`;
}
