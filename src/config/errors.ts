import { UsageError } from "../lib/errors.ts";
import type { Saying } from "../lib/saying.ts";

/** The origin of a value: a file with line and column, an environment variable, or a flag. */
export interface Origin {
  /** The name for messages, such as `conf/local/server.yml`. */
  source: string;
  /** Both from 1. Null when the source has no lines. */
  position: { line: number; column: number } | null;
  /** The path of the key that the source names; absent when it names none. */
  key?: string;
}

/** One thing that is wrong with the configuration, and where. */
export interface Problem {
  origin: Origin;
  message: string;
  /** The message as data, for pages in other languages. */
  says?: Saying | undefined;
  /** The key that the schema refuses, with the reason alone: for a form, which shows it at the field. */
  at?: { path: string; message: string; says?: Saying | undefined };
}

/** The configuration is invalid. The message has one line per problem: `source:line:column: message`. */
export class ConfigError extends UsageError {
  override readonly name = "ConfigError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ origin, message }) => `${placeOf(origin)}: ${message}`).join("\n"));
    this.problems = problems;
  }
}

/** Formats an origin as `conf/local/server.yml:3:5`, or `--params epochs`. */
export function placeOf({ source, position }: Origin): string {
  return position === null ? source : `${source}:${position.line}:${position.column}`;
}
