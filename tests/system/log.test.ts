import { afterEach, beforeEach, expect, test } from "bun:test";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";

let project: Awaited<ReturnType<typeof emptyProject>>;
let server: RunningServer | null = null;
beforeEach(async () => {
  project = await emptyProject();
});
afterEach(async () => {
  await server?.stop("SIGKILL");
  server = null;
  await project.remove();
});

test("serve --log-format json writes one JSON object a line to standard error, from start to stop", async () => {
  server = await startServer(project, {}, 0, ["--log-format", "json", "--log-level", "debug"]);
  const id = "from-a-proxy-1";
  await fetch(`${server.url}/livez?token=t0ken`, { headers: { "x-request-id": id } });
  await fetch(`${server.url}/nowhere`);
  expect(await server.stop()).toBe(0);
  const lines = server.printed().trimEnd().split("\n");
  // The address and who can reach it are on standard output.
  expect(lines.filter((line) => !line.startsWith("{"))).toHaveLength(2);
  const records = lines
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const { time, level, module, message } of records) {
    expect(new Date(time as string).toISOString()).toBe(time as string);
    expect([level, module, message].map((value) => typeof value)).toEqual(["string", "string", "string"]);
  }
  expect(records).toContainEqual(
    expect.objectContaining({ level: "debug", request_id: id, route: "/livez", status: 200 }),
  );
  expect(records.map(({ message }) => message)).toContainValues([
    "the server is ready",
    "the server is stopping",
    "the server has stopped",
  ]);
  expect(records.find(({ count }) => count === 1)?.message).toMatch(
    /^1 request refused in the last .*: 1 x 404$/,
  );
  expect(server.printed()).not.toContain("t0ken");
}, 60_000);

/** Starts `serve` with `stderr` as its standard error, in the way of `Bun.spawn`; nobody reads from a pipe. */
async function serveWith(stderr: "pipe" | Bun.BunFile) {
  const command = [project.executable, "serve", "--http", "127.0.0.1:0", "--log-level", "debug"];
  const child = Bun.spawn(command, { cwd: project.dir, stdin: "ignore", stdout: "pipe", stderr });
  const printed = child.stdout.getReader();
  const first = new TextDecoder().decode((await printed.read()).value);
  const url = /http:\/\/[\w.:]+/.exec(first)?.[0];
  await printed.cancel();
  return { child, ask: async () => (await fetch(`${url}/livez`)).status };
}

async function expectAnswersAndStops(
  { child, ask }: Awaited<ReturnType<typeof serveWith>>,
  requests: number,
): Promise<void> {
  try {
    for (let i = 0; i < requests; i++) expect(await ask()).toBe(200);
    child.kill("SIGTERM");
    expect(await child.exited).toBe(0);
  } finally {
    child.kill("SIGKILL");
  }
}

test("serve answers on and stops well when the reader of its standard error is gone", async () => {
  const running = await serveWith("pipe");
  await (running.child.stderr as ReadableStream).cancel();
  await expectAnswersAndStops(running, 50);
}, 60_000);

test("serve answers on and stops well when the reader of its standard error has stalled", async () => {
  // More than a pipe holds.
  await expectAnswersAndStops(await serveWith("pipe"), 1_000);
}, 60_000);

test.skipIf(process.platform !== "linux")(
  "serve answers on and stops well when its log is on a full disk",
  async () => {
    await expectAnswersAndStops(await serveWith(Bun.file("/dev/full")), 50);
  },
  60_000,
);
