import type { ReplayResult } from "../../domain/trials/replay.ts";
import { UnavailableError } from "../../lib/errors.ts";
import { giveWay } from "../../scheduler/give-way.ts";
import type { Served } from "../served.ts";
import type { RunReplay } from "./replays.ts";

const TIME_LIMIT_MS = 600_000;

/** Replays in a child process of this program, with the same project; `stop` ends one that is running. */
export function replayProcess({ runtime, project }: Served): { run: RunReplay; stop(): void } {
  let running: Bun.Subprocess<"ignore", "pipe", "pipe"> | null = null;

  return {
    async run(version, last) {
      const options = ["--last", String(last), "--dir", project.dir, "--json"];
      if (project.env !== null) options.push("--env", project.env);
      if (project.confSource !== null) options.push("--conf-source", project.confSource);
      const child = Bun.spawn([...runtime.command, "model", "replay", String(version), ...options], {
        stdin: "ignore",
        stdout: "pipe",
        stderr: "pipe",
        timeout: TIME_LIMIT_MS,
      });
      running = child;
      giveWay(child.pid);
      const [out, err, code] = await Promise.all([
        new Response(child.stdout).text(),
        new Response(child.stderr).text(),
        child.exited,
      ]);
      running = null;
      if (code !== 0) {
        throw new UnavailableError(err.trim().replace(/^tegaki: /, "") || `the process ended with ${code}`);
      }
      return JSON.parse(out) as ReplayResult;
    },
    stop: () => running?.kill(),
  };
}
