import { readFileSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";

/** Niceness: higher than the server's, so that work in the background uses only the processor time that predictions leave. */
const PRIORITY = 10;
/** Out of 1,000: as if the process had half of all memory besides its own. */
const MORE_LIKELY = 500;
const MOST_LIKELY = 1_000;

/**
 * Makes a child process give way to this one: it gets less processor time, and when memory runs out, Linux ends it and
 * not the server. Best effort: where the system does not allow it, the child competes with serving.
 */
export function giveWay(pid: number): void {
  attempt(() => setPriority(pid, PRIORITY));
  if (process.platform === "linux") attempt(() => raiseOomScore(pid));
}

/** A server that is protected, with a negative value, protects none of its children. */
function raiseOomScore(pid: number): void {
  const own = Number(readFileSync("/proc/self/oom_score_adj", "utf8"));
  const raised = Math.min(MOST_LIKELY, Math.max(0, own) + MORE_LIKELY);
  writeFileSync(`/proc/${pid}/oom_score_adj`, String(raised));
}

function attempt(change: () => void): void {
  try {
    change();
  } catch {
    // The process may have ended already, or the system refuses it.
    return;
  }
}
