import { readFileSync } from "node:fs";
import type { Processes } from "./deps.ts";

/** The processes of this machine. */
export const systemProcesses: Processes = {
  /**
   * Whether the process of a run lives. Numbers of processes are used again, after a reboot even the same ones: so
   * where the system tells the command line (Linux), it must be that of a `run`, and of this one if it names one.
   */
  isAlive({ id, pid }) {
    if (pid === process.pid || !exists(pid)) return false;
    const words = commandLineOf(pid);
    if (words === null) return true;
    const named = words.indexOf("--run-id");
    return named < 0 ? words.includes("run") : words[named + 1] === id;
  },

  /** A process that is gone already is no error. */
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

/** Null where the system does not tell; empty for one that has ended and was not collected. */
function commandLineOf(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return null;
  }
}
