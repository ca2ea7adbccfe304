import { afterEach, expect, test } from "bun:test";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";

const started: { server: RunningServer; remove(): Promise<void> }[] = [];
afterEach(async () => {
  for (const { server, remove } of started.splice(0)) {
    await server.stop("SIGKILL");
    await remove();
  }
});

/** A program in place of systemd-notify that writes down how it was called, and whether the store was being served. */
async function serverWithNotify(env: Record<string, string>) {
  const project = await emptyProject();
  const called = Bun.file(join(project.dir, "called"));
  const program = join(project.dir, "systemd-notify");
  await Bun.write(
    program,
    `#!/bin/sh\necho "$NOTIFY_SOCKET $*" >> ${called.name}\ncat data/tegaki.holder >> ${called.name}\n`,
  );
  await chmod(program, 0o755);
  const server = await startServer(project, { PATH: `${project.dir}:${process.env.PATH}`, ...env });
  started.push({ server, remove: project.remove });
  return { project, server, called };
}

test("the server tells a service manager that waits that it is ready, once, when it has its address", async () => {
  const { project, server, called } = await serverWithNotify({ NOTIFY_SOCKET: "/run/nowhere/notify" });
  const text = await until(
    () => called.text().catch(() => ""),
    (seen) => seen.includes(server.url),
  );
  expect(text.split("\n")[0]).toBe("/run/nowhere/notify --ready");
  expect(text.match(/--ready/g)).toHaveLength(1);
  expect(server.printed()).not.toContain("systemd was not told");
  // Commands beside it tell it nothing.
  const env = { PATH: `${project.dir}:${process.env.PATH}`, NOTIFY_SOCKET: "/run/nowhere/notify" };
  expect((await runCommand(project, ["model", "list"], env)).code).toBe(0);
  expect((await called.text()).match(/--ready/g)).toHaveLength(1);
});

test("the server serves, and its log says why, when systemd cannot be told", async () => {
  const { server } = await serverWithNotify({ NOTIFY_SOCKET: "/run/nowhere/notify", PATH: "/nowhere" });
  await until(
    async () => server.printed(),
    (text) => text.includes("systemd was not told that the server is ready"),
  );
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

test("the server starts no systemd-notify where no service manager waits", async () => {
  const { server, called } = await serverWithNotify({ NOTIFY_SOCKET: "" });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  await server.stop();
  expect(await called.exists()).toBe(false);
});
