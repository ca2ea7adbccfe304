import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { EXECUTABLE, isExecutableFresh } from "../../src/build/build.ts";

/** Determined once per process, because tests do not change sources. */
let isFresh: Promise<boolean> | null = null;

/**
 * Creates a directory that contains only a copy of the compiled executable.
 *
 * @param compiled another executable than that of the current sources.
 * @throws when the executable of the current sources does not exist or is outdated.
 */
export async function emptyProject(
  compiled = EXECUTABLE,
): Promise<{ dir: string; executable: string; remove(): Promise<void> }> {
  isFresh ??= isExecutableFresh();
  if (compiled === EXECUTABLE && !(await isFresh)) {
    throw new Error(
      `${EXECUTABLE} does not exist or was built from other sources. Run "npm run build" first, or "npm test", which builds it`,
    );
  }
  const dir = await mkdtemp(join(tmpdir(), "tegaki-system-"));
  const executable = join(dir, basename(compiled));
  await cp(compiled, executable);
  return { dir, executable, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** The result of one command. */
export interface CommandResult {
  code: number;
  out: string;
  err: string;
}

/** Runs one command of the executable to its end. */
export async function runCommand(
  { dir, executable }: { dir: string; executable: string },
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<CommandResult> {
  const child = Bun.spawn([executable, ...args], {
    cwd: dir,
    env: { ...process.env, ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, out, err };
}

/** A running `tegaki serve`. */
export interface RunningServer {
  url: string;
  pid: number;
  /** Everything that it has printed so far, on both streams. */
  printed(): string;
  /** Resolves with the exit code when it has ended. */
  exited: Promise<number>;
  /** Sends the signal and resolves with the exit code once it has ended. */
  stop(signal?: NodeJS.Signals): Promise<number>;
}

/** Starts `tegaki serve`, on a free port by default, and waits until it is ready. @throws its output if it ends first. */
export async function startServer(
  { dir, executable }: { dir: string; executable: string },
  env: Record<string, string> = {},
  port = 0,
  flags: readonly string[] = [],
): Promise<RunningServer> {
  const child = Bun.spawn([executable, "serve", "--http", `127.0.0.1:${port}`, ...flags], {
    cwd: dir,
    env: { ...process.env, ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  let printed = "";
  const address = Promise.withResolvers<string>();
  const follow = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      printed += decoder.decode(chunk, { stream: true });
      const found = /https?:\/\/[\w.[\]:-]+/.exec(printed);
      if (found) address.resolve(found[0]);
    }
  };
  void follow(child.stdout);
  void follow(child.stderr);
  const ended = child.exited.then((code) => {
    throw new Error(`tegaki serve ended with ${code} before it was ready:\n${printed}`);
  });
  const url = await Promise.race([address.promise, ended]);
  await Promise.race([untilReady(url), ended]);
  ended.catch(() => {});
  return {
    url,
    pid: child.pid,
    exited: child.exited,
    printed: () => printed,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      return child.exited;
    },
  };
}

async function untilReady(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/readyz`).catch(() => null);
    if (response?.status === 200) return;
    await Bun.sleep(20);
  }
}

/** Shorter than the timeouts of tests that wait for a run, so that a failure says what was last seen. */
const UNTIL_MS = 200_000;

/** Repeats a request until its response satisfies the condition. @throws what was last seen, after 200 seconds. */
export async function until<T>(ask: () => Promise<T>, isEnough: (answer: T) => boolean): Promise<T> {
  const deadline = performance.now() + UNTIL_MS;
  for (;;) {
    const answer = await ask();
    if (isEnough(answer)) return answer;
    if (performance.now() > deadline) {
      const seen = JSON.stringify(answer)?.slice(0, 4_000);
      throw new Error(`Waited ${UNTIL_MS / 1000} s for ${isEnough.toString()}. Last seen: ${seen}`);
    }
    await Bun.sleep(100);
  }
}
