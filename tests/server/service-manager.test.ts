import { expect, test } from "bun:test";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tellServiceManager } from "../../src/server/service-manager.ts";
import { logToText } from "../support/log-output.ts";

/** Runs `use` with a program in place of systemd-notify, which keeps its arguments and the socket's name in a file. */
async function withNotify(
  body: string,
  use: (command: string, kept: () => Promise<string>) => Promise<void>,
) {
  const dir = await mkdtemp(join(tmpdir(), "tegaki-notify-"));
  const command = join(dir, "systemd-notify");
  await Bun.write(command, `#!/bin/sh\necho "$NOTIFY_SOCKET $*" >> ${dir}/kept\n${body}\n`);
  await chmod(command, 0o755);
  try {
    await use(command, () =>
      Bun.file(join(dir, "kept"))
        .text()
        .catch(() => ""),
    );
  } finally {
    await rm(dir, { recursive: true });
  }
}

test("tellServiceManager() says READY once, to the socket of the environment", async () => {
  const { log, text, close } = logToText("text");
  await withNotify("exit 0", async (command, kept) => {
    expect(await tellServiceManager({ NOTIFY_SOCKET: "/run/x/notify" }, log, command)).toBe(true);
    expect(await kept()).toBe("/run/x/notify --ready\n");
  });
  close();
  expect(text()).toBe("");
});

test.each([undefined, ""])(
  "tellServiceManager() starts nothing where no service manager waits (%p)",
  async (socket) => {
    const { log, text, close } = logToText("text");
    await withNotify("exit 0", async (command, kept) => {
      expect(await tellServiceManager({ NOTIFY_SOCKET: socket }, log, command)).toBe(false);
      expect(await kept()).toBe("");
    });
    close();
    expect(text()).toBe("");
  },
);

test("tellServiceManager() logs why the message did not arrive, and throws nothing", async () => {
  const { log, text, close } = logToText("text");
  const environ = { NOTIFY_SOCKET: "/run/x/notify" };
  await withNotify("echo 'no such socket' >&2; exit 1", async (command) => {
    expect(await tellServiceManager(environ, log, command)).toBe(false);
  });
  expect(await tellServiceManager(environ, log, "/nowhere/systemd-notify")).toBe(false);
  close();
  const lines = text().trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toContain("WARN");
  expect(lines[0]).toMatch(/systemd was not told that the server is ready: .*ended with 1: no such socket$/);
  expect(lines[1]).toContain("/nowhere/systemd-notify");
});
