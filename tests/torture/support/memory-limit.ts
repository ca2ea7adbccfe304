import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import type { Place, Project } from "./place.ts";

/** The files of a control group, in the two versions of Linux. */
const [V2, V1] = [
  {
    root: "/sys/fs/cgroup",
    limit: "memory.max",
    usage: "memory.current",
    events: "memory.events",
    none: "max",
  },
  {
    ...{ root: "/sys/fs/cgroup/memory", limit: "memory.limit_in_bytes" },
    ...{ events: "memory.oom_control" },
  },
];
const FILES = existsSync(join(V1.root, V1.limit)) ? V1 : V2;
/** A limit of the memory of a server and of the processes that it starts. */
export interface MemoryLimit {
  /** A project whose executable starts within the limit. */
  project: Project;
  set(bytes: number): void;
  /** Processes that were ended for lack of memory. */
  kills(): number;
}

/** Returns why memory cannot be limited here; null when it can. */
export function noMemoryLimit(): string | null {
  if (process.platform !== "linux") return "memory is limited by control groups, which only Linux has";
  const path = join(FILES.root, `tegaki-torture-${process.pid}-try`);
  try {
    mkdirSync(path);
    const isThere = existsSync(join(path, FILES.limit));
    rmdirSync(path);
    return isThere ? null : "this machine has no control groups for memory";
  } catch {
    return "this user may not make control groups";
  }
}

/** Makes a group whose processes have so much memory together, in bytes. */
export async function limitMemory(place: Place, project: Project, bytes: number): Promise<MemoryLimit> {
  const path = join(FILES.root, `tegaki-torture-${process.pid}-${Date.now()}`);
  mkdirSync(path);
  const set = (limit: number) => writeFileSync(join(path, FILES.limit), String(limit));
  set(bytes);
  place.later(async () => {
    // Its processes have ended, but the system may not have noticed.
    for (let n = 0; n < 50 && existsSync(path); n++) {
      try {
        rmdirSync(path);
      } catch {
        await Bun.sleep(100);
      }
    }
  });
  const within = join(project.dir, "within");
  await Bun.write(within, `#!/bin/sh\necho $$ > ${path}/cgroup.procs\nexec ${project.executable} "$@"\n`);
  await chmod(within, 0o755);
  const events = () => readFileSync(join(path, FILES.events), "utf8");
  return {
    project: { ...project, executable: within },
    set,
    kills: () => Number(/^oom_kill (\d+)/m.exec(events())?.[1] ?? 0),
  };
}
