import { readFileSync } from "node:fs";
import type { Processes } from "./deps.ts";

/** The processes of this machine. */
export const systemProcesses: Processes = {
  /**
   * Whether the process of a run is alive. Process ids are reused, after a reboot even by the same programs. So where
   * the system gives the command line (Linux), it must be a `run`, with this run's id if it has `--run-id`.
   */
  isAlive({ id, pid }) {
    if (pid === process.pid || !exists(pid)) return false;
    const words = commandLineOf(pid);
    if (words === null) return true;
    const named = words.indexOf("--run-id");
    return named < 0 ? words.includes("run") : words[named + 1] === id;
  },

  /** Sends the signal. A process that has already ended is not an error. */
  kill(pid, signal) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  },
};

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Null where the system does not give it; empty for a zombie, which has ended but was not reaped. */
function commandLineOf(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return null;
  }
}
