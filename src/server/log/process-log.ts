import type { CredentialsByName } from "../../config/credentials.ts";
import type { LogConfig } from "../../config/schema.ts";
import type { Log } from "../../lib/log.ts";
import type { Runtime } from "../../project/runtime.ts";
import { logCrashes } from "./crash-log.ts";
import { openLog } from "./open-log.ts";

/** How long lines that nobody reads may keep a stopped process alive. */
const LAST_LINES_MS = 1_000;

/**
 * Opens the log of this process on standard error, with colours on a terminal unless `NO_COLOR` is set. Unhandled
 * errors are logged as well.
 *
 * @returns the log, and `close`, to be called last.
 */
export function openProcessLog(
  { clock, environ }: Pick<Runtime, "clock" | "environ">,
  { format, level }: LogConfig,
  credentials: CredentialsByName,
): { log: Log; close(): void } {
  const { stderr, stdout } = process;
  const { log, close } = openLog({
    clock,
    format,
    level,
    hasColors: stderr.isTTY === true && !environ.NO_COLOR,
    secrets: Object.values(credentials).flatMap(stringsIn),
    sink: stderr,
  });
  const leaveCrashes = logCrashes(log);
  // A reader of standard output that is gone must not end the server.
  stdout.on("error", () => {});
  return {
    log,
    close() {
      leaveCrashes();
      close();
      setTimeout(() => process.exit(), LAST_LINES_MS).unref();
    },
  };
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
