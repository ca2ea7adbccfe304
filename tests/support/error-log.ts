import type { Log, LogFields } from "../../src/lib/log.ts";

/** A log that keeps what was thrown, as it is, and nothing else. */
export function errorLog(errors: unknown[]): Log {
  const keep = (_: string, fields: LogFields = {}) => {
    if (fields.error !== undefined) errors.push(fields.error);
  };
  const log: Log = {
    debug: keep,
    info: keep,
    warning: keep,
    error: keep,
    of: () => log,
    with: () => log,
    hiding: () => log,
  };
  return log;
}
