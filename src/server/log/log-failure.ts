import { BusyError, messageOf } from "../../lib/errors.ts";
import type { Log } from "../../lib/log.ts";

/**
 * Logs that recurring work has failed. A predictor that was busy with requests is not an error: the requests come first, and
 * the work is done at a later turn.
 */
export function logFailure(log: Pick<Log, "debug" | "error">, failure: string, error: unknown): void {
  if (error instanceof BusyError) log.debug(failure, { reason: messageOf(error) });
  else log.error(failure, { error });
}
