import { configureSync, getLogger, resetSync } from "@logtape/logtape";
import type { Clock } from "../../lib/clock.ts";
import { createLog, type Log, type LogFormat, type LogLevel, type LogRecord } from "../../lib/log.ts";
import { lineFormatter, type Said } from "./line-format.ts";
import { type LineSink, lineStream } from "./line-stream.ts";

/** Where the log of `serve` goes, and how it looks there. */
export interface LogOutput {
  clock: Clock;
  format: LogFormat;
  /** Lines below this level are dropped. */
  level: LogLevel;
  hasColors: boolean;
  /** Strings that no line may contain, such as credentials. */
  secrets: readonly string[];
  sink: LineSink;
}

/** The root of LogTape's categories; the second part is the module. */
const ROOT = "tegaki";

/** Opens the log of this process: there is one at a time. `close` makes it silent. */
export function openLog({ clock, format, level, hasColors, secrets, sink }: LogOutput): {
  log: Log;
  close(): void;
} {
  const lineOf = lineFormatter(format, hasColors);
  const write = lineStream(sink, (count) => lineOf(lostLines(count, clock)));
  configureSync({
    reset: true,
    sinks: { stream: (record) => write(lineOf(record)) },
    loggers: [
      { category: ROOT, lowestLevel: level, sinks: ["stream"] },
      // LogTape's own messages.
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: [] },
    ],
  });
  const log = createLog({
    clock,
    secrets,
    write: (record) => getLogger([ROOT, record.module]).emit(taped(record)),
    isEnabled: (asked) => getLogger(ROOT).isEnabledFor(asked),
  });
  return { log, close: resetSync };
}

function taped({ time, level, message, fields, error }: LogRecord) {
  const properties: Record<keyof Said, unknown> = { fields, error };
  // Not a template: braces in a message are not placeholders.
  return { timestamp: time.getTime(), level, message: [message], rawMessage: message, properties };
}

function lostLines(count: number, clock: Clock) {
  const message = `${count} ${count === 1 ? "line" : "lines"} of the log could not be written and are lost`;
  const record = {
    time: clock.now(),
    level: "warning",
    module: "server",
    message,
    fields: { count },
    error: null,
  } as const;
  return { ...taped(record), category: [ROOT, record.module] };
}
