import { expect, test } from "bun:test";
import { chmod, mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { emptyProject, runCommand, startServer, until } from "../support/executable.ts";

// What a person does with a double-click: starts it, starts it again, quits from the page.

test("a second start opens the page of the running server instead of failing, and quitting from the page ends it", async () => {
  const project = await emptyProject();
  const server = await startServer(project);
  try {
    // Stands in for the desktop's opener of addresses.
    const bin = join(project.dir, "bin");
    const opened = join(project.dir, "opened.txt");
    await mkdir(bin);
    for (const opener of ["xdg-open", "open"]) {
      await Bun.write(join(bin, opener), `#!/bin/sh\necho "$1" >> "${opened}"\n`);
      await chmod(join(bin, opener), 0o755);
    }
    const env = { PATH: `${bin}${delimiter}${process.env.PATH}`, DISPLAY: ":0" };
    const second = await runCommand(project, [], env);
    expect(second).toMatchObject({ code: 0, err: "" });
    expect(second.out).toContain(`tegaki is already running at ${server.url}`);
    const url = await until(
      async () => (await Bun.file(opened).exists()) && (await Bun.file(opened).text()),
      (text) => text !== false && text !== "",
    );
    expect(String(url).trim()).toBe(server.url);
    const without = await runCommand(project, ["serve", "--http", "127.0.0.1:0"], env);
    expect(without.code).not.toBe(0);
    expect(without.err).toContain(`on ${server.url}) is using it`);

    const form = { "content-type": "application/x-www-form-urlencoded", origin: server.url };
    const response = await fetch(`${server.url}/server/quit`, { method: "POST", headers: form, body: "" });
    expect(await response.text()).toContain("tegaki has stopped");
    expect(await server.exited).toBe(0);
    expect(await Bun.file(join(project.dir, "data/tegaki.holder")).exists()).toBe(false);
  } finally {
    await server.stop("SIGKILL");
    await project.remove();
  }
}, 60_000);
