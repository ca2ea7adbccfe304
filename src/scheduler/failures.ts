import { ConflictError, messageOf, NotFoundError } from "../lib/errors.ts";
import { type Sentence, saying } from "../lib/saying.ts";
import type { ChildExit } from "./deps.ts";

// Reasons why a run ended, other than an error that its own process has recorded.

/** For a run that a person cancelled. */
export const CANCELLED: Sentence = { message: "Cancelled", says: saying("cancelled") };

/** For a run that was cancelled because its server stopped. */
export const SERVER_STOPPED: Sentence = {
  message: "Cancelled: the server was stopped",
  says: saying("serverStopped"),
};

/** For a run that was unfinished when the server started, and whose process no longer exists. */
export const INTERRUPTED: Sentence = {
  message: "Interrupted by a restart: the process has ended",
  says: saying("interrupted"),
};

/** For a run of another process, which ended while the server was running. */
export const NO_RESULT: Sentence = {
  message: "The process ended without reporting a result",
  says: saying("noResult"),
};

/** For a run whose process could not be started. */
export function cannotStart(runId: string, error: unknown): Sentence {
  const reason = messageOf(error);
  return {
    message: `Cannot start the process of run ${runId}: ${reason}`,
    says: saying("cannotStart", { runId, reason }),
  };
}

/** For a child process that failed without recording the reason. Its last words are those of stderr. */
export function processFailed({ code, signal, stderrTail }: ChildExit): Sentence {
  const error = messageOf(stderrTail);
  const how = code === null ? `was ended by ${signal}` : `ended with exit code ${code}`;
  const [kind, figures] =
    code === null ? ["processSignal", { signal: signal ?? "" }] : ["processCode", { code }];
  return error === ""
    ? { message: `The process ${how} and printed no error`, says: saying(`${kind}Silent`, figures) }
    : { message: `The process ${how}: ${error}`, says: saying(kind, { ...figures, error }) };
}

/** Refuses a second run. */
export function stillRunning(runId: string): ConflictError {
  return new ConflictError(`Run ${runId} is still running. Wait for it to finish, or cancel it`, {
    says: saying("stillRunning", { runId }),
  });
}

/** Refuses a run while the server is stopping. */
export function serverStopping(): ConflictError {
  return new ConflictError("The server is stopping. Start the run again after it restarts", {
    says: saying("serverStopping"),
  });
}

/** Refuses to cancel a run that does not exist. */
export function noRun(runId: string): NotFoundError {
  return new NotFoundError(`There is no run ${runId}`, { says: saying("noRun", { runId }) });
}

/** Refuses to cancel a run that has ended, or whose process cannot be found. */
export function notRunning(runId: string): ConflictError {
  return new ConflictError(`Run ${runId} cannot be cancelled: it is not running`, {
    says: saying("notRunning", { runId }),
  });
}
