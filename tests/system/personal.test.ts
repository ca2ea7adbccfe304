import { afterEach, beforeEach, expect, test } from "bun:test";
import { join } from "node:path";
import type { Drawing } from "../../src/domain/drawing.ts";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";

const FIXTURE = join(import.meta.dir, "../fixtures/odd-writer.ndjson");
const ODD = (await Bun.file(FIXTURE).text())
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Drawing & { label: string });
const ELEVENTH = ODD[10]!;

interface Answer {
  label: string;
  personal: { used: boolean; n: number; changed_from: string | null };
}

let project: Awaited<ReturnType<typeof emptyProject>>;
let server: RunningServer;

beforeEach(async () => {
  project = await emptyProject();
  server = await startServer(project);
});
afterEach(async () => {
  await server?.stop("SIGKILL");
  await project?.remove();
});

async function post<T>(path: string, body: object): Promise<T> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${server.url}/api/v1/${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers,
  });
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as T;
}

const predict = (writer: string) => {
  const { strokes, width, height } = ELEVENTH;
  return post<Answer>("predict", { strokes, width, height, writer });
};

/** Waits until so many drawings of a writer are in memory: it follows other processes once a second. */
const remembered = (writer: string, n: number) =>
  until(
    () => predict(writer),
    ({ personal }) => personal.n === n,
  );

test("what a writer has labelled outlasts the server, an import counts within moments, and forgetting ends it", async () => {
  const alone = await predict("Aki");
  expect(alone).toMatchObject({ personal: { used: false, n: 0 } });
  expect(alone.label).not.toBe(ELEVENTH.label);
  for (const drawing of ODD.slice(0, 10)) await post("samples", { ...drawing, writer: "Aki" });
  const known = await predict("Aki");
  expect(known).toMatchObject({
    label: ELEVENTH.label,
    personal: { used: true, n: 10, changed_from: alone.label },
  });

  await server.stop("SIGTERM");
  server = await startServer(project);
  expect(await predict("Aki")).toEqual({ ...known, id: expect.any(String) } as never);

  const file = join(project.dir, "bo.ndjson");
  await Bun.write(
    file,
    ODD.map((drawing) => JSON.stringify({ ...drawing, width: 201, writer: "Bo" })).join("\n"),
  );
  expect((await predict("Bo")).personal.n).toBe(0);
  expect((await runCommand(project, ["samples", "import", file])).code).toBe(0);
  expect(await remembered("Bo", ODD.length)).toMatchObject({ label: ELEVENTH.label });

  expect((await runCommand(project, ["samples", "forget", "--writer", "Aki", "--yes"])).code).toBe(0);
  const forgotten = await remembered("Aki", 0);
  expect(forgotten).toMatchObject({ label: alone.label, personal: { used: false, n: 0 } });
  expect((await predict("Bo")).personal.n).toBe(ODD.length);
}, 120_000);
