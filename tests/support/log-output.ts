import type { Clock } from "../../src/lib/clock.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { Log, LogFormat, LogLevel } from "../../src/lib/log.ts";
import { openLog } from "../../src/server/log/open-log.ts";

export interface LogToText {
  log: Log;
  /** All that was written. */
  text(): string;
  close(): void;
}

/** The real log of a process, written to a string. One at a time. */
export function logToText(
  format: LogFormat,
  {
    level = "debug",
    secrets = [],
    clock = systemClock,
  }: { level?: LogLevel; secrets?: readonly string[]; clock?: Clock } = {},
): LogToText {
  let text = "";
  const sink = {
    write(more: string, done: () => void) {
      text += more;
      done();
    },
    on: () => {},
  };
  const { log, close } = openLog({ clock, format, level, hasColors: false, secrets, sink });
  return { log, text: () => text, close };
}
