import type { Clock } from "./clock.ts";
import { type ErrorReport, reportError } from "./error-report.ts";
import { safeText } from "./hide-secrets.ts";

/** From the least to the most severe. */
export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const;
/** How severe a line is. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The formats of the log: text for people, or one JSON object a line. */
export const LOG_FORMATS = ["text", "json"] as const;
/** How a line is written. */
export type LogFormat = (typeof LOG_FORMATS)[number];

/** The fields that a line may have beside its message. All others are dropped, so nothing is logged by accident. */
const FIELDS = [
  "request_id",
  "method",
  "route",
  "run_id",
  "pipeline",
  "status",
  "started_by",
  "cancelled_by",
  "duration_ms",
  "reason",
  "model_version",
  "previous_version",
  "version",
  "count",
] as const;

/** The values beside a message, and the error that it is about. */
export type LogFields = { [K in (typeof FIELDS)[number]]?: string | number | null } & {
  /** Anything that was thrown. An error is logged with its stack and its causes. */
  error?: unknown;
};

/** One line of the log, safe to be shown: see `safeText`. */
export interface LogRecord {
  time: Date;
  level: LogLevel;
  /** The part of the program that logs: "http", "scheduler". */
  module: string;
  message: string;
  fields: Readonly<Record<string, string | number>>;
  error: ErrorReport | null;
}

/** The log that the program is given to write to. Its methods never throw. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warning(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** The same log for another part of the program. */
  of(module: string): Log;
  /** The same log with these fields in every line. */
  with(fields: LogFields): Log;
  /** The same log, in which no error contains these strings. */
  hiding(texts: readonly string[]): Log;
}

/** The parts of a log: the time, where its lines go, and what they must not contain. */
export interface LogOptions {
  clock: Clock;
  /** Strings that no line may contain, such as credentials. */
  secrets?: readonly string[];
  /** Receives every line. Its errors are ignored: a log that cannot be written must not stop the work. */
  write(record: LogRecord): void;
  /** Lines of other levels are not created. All levels are enabled by default. */
  isEnabled?(level: LogLevel): boolean;
}

/** Creates a log that passes its lines to `write`. */
export function createLog(options: LogOptions): Log {
  return new RecordLog(options, "server", {}, []);
}

class RecordLog implements Log {
  readonly #options: LogOptions;
  readonly #module: string;
  readonly #fields: LogFields;
  readonly #hidden: readonly string[];

  constructor(options: LogOptions, module: string, fields: LogFields, hidden: readonly string[]) {
    this.#options = options;
    this.#module = module;
    this.#fields = fields;
    this.#hidden = hidden;
  }

  debug(message: string, fields?: LogFields): void {
    this.#say("debug", message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#say("info", message, fields);
  }

  warning(message: string, fields?: LogFields): void {
    this.#say("warning", message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#say("error", message, fields);
  }

  of(module: string): Log {
    return new RecordLog(this.#options, module, this.#fields, this.#hidden);
  }

  with(fields: LogFields): Log {
    return new RecordLog(this.#options, this.#module, { ...this.#fields, ...fields }, this.#hidden);
  }

  hiding(texts: readonly string[]): Log {
    return new RecordLog(this.#options, this.#module, this.#fields, [...this.#hidden, ...texts]);
  }

  #say(level: LogLevel, message: string, fields: LogFields = {}): void {
    const options = this.#options;
    const module = this.#module;
    const { secrets = [] } = options;
    if (options.isEnabled?.(level) === false) return;
    try {
      const all = { ...this.#fields, ...fields };
      options.write({
        time: options.clock.now(),
        level,
        module,
        message: safeText(message, secrets),
        fields: safeFields(all, secrets),
        error: all.error === undefined ? null : reportError(all.error, [...secrets, ...this.#hidden]),
      });
    } catch {
      return;
    }
  }
}

/** The known fields in the order of the list; none of another type than a string or a finite number. */
function safeFields(fields: LogFields, secrets: readonly string[]): Record<string, string | number> {
  const safe: Record<string, string | number> = {};
  for (const name of FIELDS) {
    const value: unknown = fields[name];
    if (typeof value === "string") safe[name] = safeText(value, secrets);
    else if (typeof value === "number" && Number.isFinite(value)) safe[name] = value;
  }
  return safe;
}
