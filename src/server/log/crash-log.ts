import type { Log } from "../../lib/log.ts";

/**
 * Logs an unhandled error and ends the process with exit code 1. Bun does the same, but prints all properties of the
 * error, which may hold drawings.
 *
 * @returns a function that removes the handlers.
 */
export function logCrashes(log: Log): () => void {
  const crash = (error: unknown) => {
    log.error("the server ends because of an unhandled error", { error });
    process.exit(1);
  };
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
  return () => {
    process.off("uncaughtException", crash);
    process.off("unhandledRejection", crash);
  };
}
