import { sliceWords } from "../domain/runs/run-slice.ts";
import type { ChildExit, ChildHandle, ChildRequest } from "./deps.ts";
import { giveWay } from "./give-way.ts";

const STDERR_TAIL_BYTES = 4_096;

/** How child processes of this server are started. */
export interface SpawnerOptions {
  /** This executable: `[process.execPath]` when it is compiled; under bun, followed by the main file. */
  command: readonly string[];
  /** The project directory. */
  dir: string;
  /** The value of `serve --env`; null for none. */
  env: string | null;
  /** More flags of `run`, such as restrictions that the server sets for its runs. */
  flags?: readonly string[];
  /** Makes the end of a child's stderr fit to be shown to anyone; it is kept as it is by default. */
  clean?: (stderr: string) => string;
}

/**
 * Starts runs as processes of this executable: `run --pipeline X|--resume=RUN --run-id ID --dir D [FLAGS] [SLICE] [--env E] [--params-from-stdin]`.
 *
 * The child's stdin is a pipe. With `--params-from-stdin`, its first line is the parameters, as a JSON string: a command
 * line is limited, and every process of the machine can read it. Nothing else is written to it. It closes when this process dies, for whatever reason, and
 * the child must then exit. Its stdout is discarded; the end of its stderr is kept.
 *
 * @returns a function that throws when the process cannot be started.
 */
export function createSpawner({
  command,
  dir,
  env,
  flags = [],
  clean = (stderr) => stderr,
}: SpawnerOptions): (request: ChildRequest) => ChildHandle {
  return ({ runId, pipeline, params, slice = {}, resume }) => {
    const isNew = resume === undefined;
    const what = isNew ? ["--pipeline", pipeline] : [`--resume=${resume}`];
    const options = [...what, "--run-id", runId, "--dir", dir, ...flags];
    // As one argument: a name may begin with a dash.
    if (isNew) for (const [flag, names] of sliceWords(slice)) options.push(`${flag}=${names}`);
    if (isNew && env !== null) options.push("--env", env);
    // Of a run that is continued, no parameters are others than its own.
    const hasParams = !isNew || params !== "";
    if (hasParams) options.push("--params-from-stdin");
    const child = Bun.spawn([...command, "run", ...options], {
      stdin: "pipe",
      stdout: "ignore",
      stderr: "pipe",
    });
    giveWay(child.pid);
    if (hasParams) sendLine(child.stdin, JSON.stringify(params));
    return {
      pid: child.pid,
      exited: exitOf(child, clean),
      kill: (signal) => child.kill(signal),
    };
  };
}

/** A child that has already ended does not read it; its exit code tells why. */
function sendLine(stdin: Bun.FileSink, line: string): void {
  stdin.write(`${line}\n`);
  Promise.resolve(stdin.flush()).catch(() => {});
}

async function exitOf(
  child: Bun.Subprocess<"pipe", "ignore", "pipe">,
  clean: (stderr: string) => string,
): Promise<ChildExit> {
  const [stderrTail] = await Promise.all([tailOf(child.stderr), child.exited]);
  const signal = child.signalCode === null ? null : String(child.signalCode);
  return { code: child.exitCode, signal, stderrTail: clean(stderrTail) };
}

/** Reads to the end, so that the child never blocks on a full pipe; keeps the last 4 KB. */
async function tailOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  let tail = Buffer.alloc(0);
  for await (const chunk of stream) {
    tail = Buffer.concat([tail, chunk]).subarray(-STDERR_TAIL_BYTES);
  }
  return tail.toString("utf8").trim();
}
