import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";
import { testNeeding } from "../support/needing.ts";

let project: Awaited<ReturnType<typeof emptyProject>>;
let servers: RunningServer[] = [];
beforeEach(async () => {
  project = await emptyProject();
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop("SIGKILL")));
  servers = [];
  await project.remove();
});

async function serve(env: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startServer(project, env);
  servers.push(server);
  return server;
}

async function post(
  server: RunningServer,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function get<T>(server: RunningServer, path: string): Promise<T> {
  return (await (await fetch(`${server.url}${path}`)).json()) as T;
}

interface RunJson {
  id: string;
  status: string;
  trigger: string;
  model_version: number | null;
  error: string | null;
  threads: number;
  metrics: { gate?: { passed: boolean } };
}
const runs = (server: RunningServer) =>
  get<{ runs: RunJson[] }>(server, "/api/v1/runs").then((answer) => answer.runs);

/** Labels from six sessions, so that some are held out. */
async function label(server: RunningServer, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const answer = await post(server, "/api/v1/samples", {
      ...drawingOf(i % 10, i + 1),
      label: String(i % 10),
      session: `sitting ${i % 6}`,
    });
    expect(answer.status).toBe(201);
  }
}

test("the executable has none of the development reload in its pages", async () => {
  const server = await serve();
  expect((await fetch(`${server.url}/assets/dev-started.txt`)).status).toBe(404);
  expect(await (await fetch(`${server.url}/assets/pages.js`)).text()).not.toContain("dev-started");
});

test("the executable alone in an empty directory serves pages and classifies every digit correctly", async () => {
  const server = await serve();
  const page = await fetch(server.url);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("<canvas");
  const read: string[] = [];
  for (let digit = 0; digit < 10; digit++) {
    const { body } = await post(server, "/api/v1/predict", drawingOf(digit));
    read.push(body.label as string);
  }
  expect(read).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  expect(await readdir(project.dir)).toEqual(expect.arrayContaining(["data"]));
});

test("labels past the threshold train, pass the gate and are swapped in while every prediction succeeds", async () => {
  const server = await serve({
    TEGAKI_SERVER__SCHEDULER__TRIGGERS__NEW_SAMPLES: "30",
    TEGAKI_PARAMETERS__TUNING_EPOCHS: "1",
  });
  let isOver = false;
  const answers: { status: number; version: number }[] = [];
  const asking = (async () => {
    while (!isOver) {
      const { status, body } = await post(server, "/api/v1/predict", drawingOf(answers.length % 10));
      answers.push({ status, version: (body.model as { version: number } | undefined)?.version ?? -1 });
      await Bun.sleep(20);
    }
  })();
  await label(server, 30);
  const [run] = await until(
    () => runs(server),
    ([newest]) => newest?.status === "done" || newest?.status === "failed",
  );
  expect(run).toMatchObject({ status: "done", trigger: "new_samples", error: null, model_version: 2 });
  expect(run?.metrics.gate?.passed).toBe(true);
  await until(
    () => get<{ model: { version: number } }>(server, "/readyz"),
    ({ model }) => model.version === 2,
  );
  const last = await post(server, "/api/v1/predict", drawingOf(3));
  isOver = true;
  await asking;

  expect(last.body.model).toEqual({ name: "digits", version: 2 });
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  const versions = answers.map(({ version }) => version);
  expect(versions).toEqual(versions.toSorted());
  expect(new Set(versions)).toEqual(new Set([1, 2]));

  const back = await post(server, "/api/v1/models/rollback", { reason: "a test" });
  expect(back).toMatchObject({ status: 200, body: { version: 1, previous_version: 2, action: "rollback" } });
  expect((await post(server, "/api/v1/predict", drawingOf(3))).body.model).toMatchObject({ version: 1 });
}, 240_000);

test("kill -9 in the middle of labelling loses no acknowledged label, and duplicates none", async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < 5; round++) {
    const server = await serve();
    let isDead = false;
    const labelling = (async () => {
      for (let i = 0; !isDead; i++) {
        const body = { ...drawingOf(i % 10, i + 1), label: String(i % 10) };
        const key = `${round}-${i}`;
        const answer = await post(server, "/api/v1/samples", body, { "idempotency-key": key }).catch(
          () => null,
        );
        if (answer?.status === 201) acknowledged.push(answer.body.id as string);
      }
    })();
    await until(
      async () => acknowledged.length,
      (count) => count >= (round + 1) * 15,
    );
    await server.stop("SIGKILL");
    isDead = true;
    await labelling;
  }
  const { out } = await runCommand(project, ["samples", "export"]);
  const stored = out
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { id: string }).id);
  expect(acknowledged.filter((id) => !stored.includes(id))).toEqual([]);
  expect(new Set(stored).size).toBe(stored.length);
}, 60_000);

test("a second tegaki on the same data directory is refused and names the first, which continues to serve", async () => {
  const server = await serve();
  const second = await runCommand(project, ["serve", "--http", "127.0.0.1:0"]);
  expect(second.code).toBe(1);
  expect(second.err).toContain(`process ${server.pid}`);
  expect(second.err).toContain(server.url);
  expect(second.err.trim().split("\n")).toHaveLength(1);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

test("a taken port ends the start with one line that says what to do", async () => {
  const holder = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response("held") });
  try {
    const { code, err } = await runCommand(project, ["serve", "--http", `127.0.0.1:${holder.port}`]);
    expect(code).toBe(1);
    expect(err).toBe(
      `tegaki: Cannot listen on 127.0.0.1:${holder.port}: another program uses this port. ` +
        "Choose another address with --http host:port\n",
    );
    expect(await readdir(project.dir)).not.toContain("data");
  } finally {
    await holder.stop(true);
  }
});

test("a request for a name that is not the server's own is refused, also when it is open to anyone", async () => {
  const server = await startServer(project, { TEGAKI_SERVER__ACCESS: "anyone" });
  servers.push(server);
  expect(server.printed()).toContain("Anyone who reaches it may draw and label; for more, people log in.");
  const evil = await fetch(`${server.url}/livez`, { headers: { host: "evil.example" } });
  expect(evil.status).toBe(421);
});

test("a data directory that cannot be used ends the start with one line", async () => {
  await Bun.write(join(project.dir, "data"), "a file, not a directory");
  const { code, err } = await runCommand(project, ["serve", "--http", "127.0.0.1:0"]);
  expect(code).toBe(1);
  expect(err).toMatch(/^tegaki: Cannot use the data directory .*data: .*\n$/);
});

testNeeding(TEST_NEEDS.linux, "a read-only file system ends the start with one line", async () => {
  const { code, err } = await runCommand(project, ["serve", "--dir", "/proc", "--http", "127.0.0.1:0"]);
  expect(code).toBe(1);
  expect(err).toMatch(/^tegaki: Cannot use the data directory \/proc\/data: .*\n$/);
});

test("SIGTERM with open event streams and a running training stops cleanly and marks the run", async () => {
  const server = await serve();
  await label(server, 10);
  const stream = await fetch(`${server.url}/events?view=draw`);
  expect(stream.status).toBe(200);
  const started = await post(server, "/api/v1/runs", { pipeline: "tuning", params: {} });
  expect(started.status).toBe(202);
  const id = started.body.run_id as string;
  await until(
    () => get<RunJson>(server, `/api/v1/runs/${id}`),
    (run) => run.threads !== null,
  );
  expect(await server.stop("SIGTERM")).toBe(0);
  // The server closed the stream, so the rest cannot be read.
  await expect(stream.text()).rejects.toThrow();
  const again = await serve();
  const run = await get<RunJson>(again, `/api/v1/runs/${id}`);
  expect(run.status).toBe("cancelled");
}, 60_000);

test("a champion whose files are damaged is skipped at the start, and the server says so", async () => {
  const first = await serve();
  await label(first, 10);
  const params = { tuning_epochs: 1 };
  const { body } = await post(first, "/api/v1/runs", { pipeline: "tuning", params });
  const id = body.run_id as string;
  const run = await until(
    () => get<RunJson>(first, `/api/v1/runs/${id}`),
    ({ status }) => status === "done" || status === "failed",
  );
  expect(run.error).toBeNull();
  await post(first, "/api/v1/models/2/promote", { force: true });
  await first.stop();

  const models = join(project.dir, "data/06_models/tune_model");
  const [version] = await readdir(models);
  const weights = join(models, version!, "weights.bin");
  const bytes = await Bun.file(weights).bytes();
  await Bun.write(weights, bytes.subarray(0, bytes.length / 2));

  const second = await serve();
  expect(await get(second, "/readyz")).toMatchObject({ model: { version: 1 } });
  expect(second.printed()).toMatch(/Model version 2 could not be loaded: .*weights\.bin/);
  expect(await get(second, "/api/v1/models/2")).toMatchObject({ state: "broken" });
}, 240_000);

test("conf/local of the directory is read: a failed gate keeps the champion and says why", async () => {
  await mkdir(join(project.dir, "conf/local"), { recursive: true });
  await Bun.write(join(project.dir, "conf/local/server.yml"), "gate:\n  threshold: 1\n");
  const server = await serve();
  await label(server, 10);
  const { body } = await post(server, "/api/v1/runs", { pipeline: "tuning", params: { tuning_epochs: 1 } });
  const run = await until(
    () => get<RunJson>(server, `/api/v1/runs/${body.run_id}`),
    ({ status }) => status === "done" || status === "failed",
  );
  expect(run.metrics.gate?.passed).toBe(false);
  expect(await get(server, "/readyz")).toMatchObject({ model: { version: 1 } });
  const refused = await post(server, "/api/v1/models/2/promote", {});
  expect(refused.status).toBe(409);
  expect(refused.body.detail as string).toMatch(/failed the gate/);
  const page = await fetch(`${server.url}/runs/${run.id}/report`, { headers: { "accept-language": "ja" } });
  const report = await page.text();
  expect(report).toContain('<html lang="ja">');
  expect(report).toContain("学習レポート");
}, 240_000);

test("serve and run refuse a class taken out of classes that the model knows, and a pipeline that is not loaded", async () => {
  const first = await serve();
  expect(await first.stop("SIGTERM")).toBe(0);
  await Bun.write(
    join(project.dir, "conf/local/parameters.yml"),
    'classes: ["0","1","2","3","4","5","6","8","9"]\n',
  );
  for (const command of [["serve", "--http", "127.0.0.1:0"], ["validate"], ["run", "-p", "tuning"]]) {
    const { code, err } = await runCommand(project, command);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('classes: "7" cannot be removed, because model 1'),
    ]);
    expect(err).not.toContain("    at ");
  }
  await Bun.write(join(project.dir, "conf/local/parameters.yml"), "");
  const viz = await runCommand(project, [
    "viz",
    "run",
    "-p",
    "tunign",
    "--no-browser",
    "--http",
    "127.0.0.1:0",
  ]);
  expect([viz.code, viz.err]).toEqual([
    2,
    expect.stringContaining('No pipeline "tunign". Did you mean "tuning"?'),
  ]);
});
