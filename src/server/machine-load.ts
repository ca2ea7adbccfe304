import { availableParallelism, loadavg } from "node:os";

/** Beyond the load that the run's own threads cause, a machine with this much more per core is busy with other work. */
const OTHERS_A_CORE = 0.5;

/**
 * Whether other programs want more processor time than a run's own threads leave: a run that the server starts has a
 * higher niceness, so it waits for them.
 *
 * @param load  processes that run or wait, on average over the last minute; 0 where the system does not count it (Windows).
 * @param cores that a run uses, one thread each.
 */
export function isMachineBusy(
  load: number = loadavg()[0] ?? 0,
  cores: number = availableParallelism(),
): boolean {
  return load >= cores * (1 + OTHERS_A_CORE);
}
