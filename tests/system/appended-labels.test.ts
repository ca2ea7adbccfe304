import { afterEach, beforeEach, expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { parsePickle } from "../../src/datasets/formats/pickle/parse.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";
import { pickled } from "../support/pickled-images.ts";

/* `samples.append_to: app_data`: labels are also in a pickle of MNIST's form, as the original app saved them. */

const PICKLE = "data/03_primary/app.pkl";
const CONF = {
  "conf/base/catalog.yml": `app_data:\n  type: pickle.PickleDataSet\n  filepath: ${PICKLE}\n`,
  "conf/base/parameters.yml":
    "tuning_epochs: 1\nreplay: { mnist: 100, digits: 0, negatives: 0 }\ntuning_layer: predictions\n",
  "conf/base/server.yml": "samples: { append_to: app_data }\n",
};

let project: { dir: string; executable: string };
let remove: () => Promise<void>;
let server: RunningServer | null = null;
let drawn = 0;
beforeEach(async () => {
  const empty = await emptyProject();
  ({ remove } = empty);
  project = empty;
  for (const [path, content] of Object.entries(CONF)) await write(path, content);
});
afterEach(async () => {
  await server?.stop("SIGKILL");
  server = null;
  await remove();
});

const write = (path: string, content: string | Uint8Array) => Bun.write(join(project.dir, path), content);
const tegaki = (...args: string[]) => runCommand(project, args);

async function send(path: string, method: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${server!.url}${path}`, { method, headers, body: JSON.stringify(body) });
}

/** Labels another drawing of a digit; its id when it is acknowledged. */
async function label(digit: number): Promise<string> {
  const body = { ...drawingOf(digit, ++drawn), label: String(digit) };
  const response = await send("/api/v1/samples", "POST", body);
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

/** The labels in the file, which must be complete whenever it is read. */
async function labelsInFile(): Promise<number[]> {
  const bytes = await Bun.file(join(project.dir, PICKLE)).bytes();
  const [x, y] = parsePickle(bytes) as [{ shape: number[] }, { data: Uint8Array }];
  expect(x.shape).toEqual([y.data.length, 28, 28]);
  return [...y.data];
}

test("acknowledged labels are in the file after a kill, and a corrected or deleted one is so too", async () => {
  server = await startServer(project);
  expect(await labelsInFile()).toEqual([]);
  const ids: string[] = [];
  for (let n = 0; n < 40; n++) {
    ids.push(await label(n % 10));
    await labelsInFile();
  }
  await server.stop("SIGKILL");
  expect((await readdir(join(project.dir, "data/03_primary"))).filter((name) => name === "app.pkl")).toEqual([
    "app.pkl",
  ]);

  server = await startServer(project);
  const labels = Array.from({ length: 40 }, (_, n) => n % 10);
  expect(await labelsInFile()).toEqual(labels);
  expect((await send(`/api/v1/samples/${ids[0]}`, "PATCH", { label: "7" })).status).toBe(200);
  expect((await send(`/api/v1/samples/${ids[1]}`, "DELETE", undefined)).ok).toBe(true);
  const changed = [7, ...labels.slice(2)];
  await until(labelsInFile, (found) => found.length === changed.length);
  expect(await until(labelsInFile, ([first]) => first === 7)).toEqual(changed);
}, 60_000);

test("labels are in the file when the server has stopped, and tuning trains on them", async () => {
  server = await startServer(project);
  for (let n = 0; n < 12; n++) await label(n % 10);
  expect(await server.stop()).toBe(0);
  expect(await labelsInFile()).toHaveLength(12);
  const { code, err } = await tegaki("run", "--pipeline", "tuning");
  expect({ code, err }).toMatchObject({ code: 0 });
  const reports = new Bun.Glob("data/08_reporting/tune_report.json/*/tune_report.json").scan(project.dir);
  const [report] = await Array.fromAsync(reports);
  expect(await Bun.file(join(project.dir, report!)).json()).toMatchObject({ drawings: 12 });
}, 120_000);

test("a run reads the labels that were imported since the file was written, although no server runs", async () => {
  const images = [1, 2, 3].map((ink) => new Uint8Array(784).fill(80 * ink, 300, 400));
  const theirs = pickled([
    { shape: [3, 28, 28], data: Buffer.concat(images) },
    { shape: [3], data: Uint8Array.of(1, 2, 3) },
  ]);
  await write("old/app.pkl", theirs);
  await tegaki("samples", "import", "old/app.pkl");
  expect((await tegaki("run", "--pipeline", "de", "--to-nodes", "split_drawings")).code).toBe(0);
  expect((await labelsInFile()).toSorted()).toEqual([1, 2, 3]);
}, 60_000);

test("drawings of another program in the file are never lost: serve and run name the command to import them", async () => {
  const theirs = pickled([
    { shape: [1, 28, 28], data: new Uint8Array(784).fill(200, 300, 400) },
    { shape: [1], data: Uint8Array.of(4) },
  ]);
  await write(PICKLE, theirs);
  const message = `Drawings of ${PICKLE} are not in the store (1), and would be lost when labels are appended. Import them first: tegaki samples import ${PICKLE}`;
  for (const args of [
    ["serve", "--http", "127.0.0.1:0"],
    ["run", "--pipeline", "tuning"],
  ]) {
    const { code, err } = await tegaki(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  }
  expect(await Bun.file(join(project.dir, PICKLE)).bytes()).toEqual(new Uint8Array(theirs));
  expect((await tegaki("samples", "import", PICKLE)).code).toBe(0);
  server = await startServer(project);
  await label(5);
  await until(labelsInFile, (labels) => labels.length === 2);
  expect(await labelsInFile()).toEqual([4, 5]);
}, 60_000);

test("without samples.append_to, serve warns that drawings are not trained on where app_data is a pickle", async () => {
  await write("conf/base/server.yml", "");
  server = await startServer(project);
  expect(server.printed()).toContain(
    "drawings labelled here are not trained on: app_data has the type pickle",
  );
}, 60_000);
