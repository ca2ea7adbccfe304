import { messageOf } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";

/** How long systemd may take to accept the message. */
const NOTIFY_TIMEOUT_MS = 10_000;

/**
 * Tells the service manager that started this process that it is ready (`READY=1`, sd_notify(3)), so that a unit of
 * `Type=notify` counts as started when requests are answered, and not before. A program that no service manager waits
 * for has no `NOTIFY_SOCKET`, and nothing happens.
 *
 * The message goes through `systemd-notify`, because Bun has no datagram sockets in the file system. It comes from a
 * child, so the unit needs `NotifyAccess=all`. A failure is logged: the manager will end this process when its
 * `TimeoutStartSec` is over, and the log says why.
 *
 * @param command the program, for tests.
 * @returns whether the message was handed over.
 */
export async function tellServiceManager(
  environ: Readonly<Record<string, string | undefined>>,
  log: Log,
  command = "systemd-notify",
): Promise<boolean> {
  const { NOTIFY_SOCKET } = environ;
  if (!NOTIFY_SOCKET) return false;
  const problem = await problemOf(command, { ...environ, NOTIFY_SOCKET });
  if (problem !== null) log.warning(`systemd was not told that the server is ready: ${problem}`);
  return problem === null;
}

/** Returns why the message did not arrive; null when it did. */
async function problemOf(command: string, env: Record<string, string | undefined>): Promise<string | null> {
  try {
    const child = Bun.spawn([command, "--ready"], {
      ...{ env, stdin: "ignore", stdout: "ignore", stderr: "pipe" },
      timeout: NOTIFY_TIMEOUT_MS,
    });
    const [said, code] = await Promise.all([new Response(child.stderr).text(), child.exited]);
    return code === 0 ? null : `${command} ended with ${code}: ${said.trim()}`;
  } catch (error) {
    return messageOf(error);
  }
}
