import { Database } from "bun:sqlite";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { MNIST_FILE_NAMES, type MnistFiles } from "../../src/datasets/files/idx-dataset.ts";
import { mnistFiles } from "../../src/project/builtin-mnist.ts";
import { embedded } from "../../src/project/embedded.ts";
import { emptyProject, runCommand, until } from "../support/executable.ts";

type Project = Awaited<ReturnType<typeof emptyProject>>;

const IMAGES = 2_000;
const SHA256 = /^[0-9a-f]{64}$/;

const projects: Project[] = [];
let project: Project;
beforeEach(async () => {
  project = await smallProject();
});
afterEach(async () => {
  await Promise.all(projects.splice(0).map((made) => made.remove()));
});

/** An IDX file with the first images, or labels, of another one. */
function firstOf(file: Uint8Array, count: number, headerBytes: number, itemBytes: number): Uint8Array {
  const bytes = file.slice(0, headerBytes + count * itemBytes);
  new DataView(bytes.buffer).setUint32(4, count);
  return bytes;
}

/** A project with a small MNIST, so that an epoch takes a second or two. */
async function smallProject(): Promise<Project> {
  const made = await emptyProject();
  projects.push(made);
  const files = await mnistFiles(embedded);
  for (const key of Object.keys(files) as (keyof MnistFiles)[]) {
    const count = key.startsWith("test") ? IMAGES / 10 : IMAGES;
    const bytes = key.endsWith("Images")
      ? firstOf(files[key], count, 16, 784)
      : firstOf(files[key], count, 8, 1);
    await Bun.write(join(made.dir, "data/01_raw/mnist", MNIST_FILE_NAMES[key]), bytes);
  }
  const small = { type: "idx", filepath: "data/01_raw/mnist" };
  await Bun.write(join(made.dir, "conf/local/catalog.yml"), JSON.stringify({ mnist_data: small }));
  const parameters = { epochs: 4, synthesis: { digits: 0, redrawn: 0, negatives: 0 }, checkpoint_seconds: 0 };
  await Bun.write(join(made.dir, "conf/local/parameters.yml"), JSON.stringify(parameters));
  return made;
}

/** The numbers of the epochs that a run reported as finished, in that order. */
const epochsIn = (printed: string) =>
  [...printed.matchAll(/^ {2}epoch (\d+)\/4 /gm)].map(([, epoch]) => epoch);

/** Starts `tegaki run` and kills it as soon as it has written a checkpoint. @returns its output so far. */
async function killAfterCheckpoint({ dir, executable }: Project): Promise<string> {
  const child = Bun.spawn([executable, "run"], {
    cwd: dir,
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  const printed = new Response(child.stderr).text();
  const checkpoints = () => readdir(join(dir, "data/cache/checkpoints")).catch(() => []);
  await until(
    async () => child.exitCode !== null || (await checkpoints()).some((name) => name.endsWith(".checkpoint")),
    Boolean,
  );
  child.kill("SIGKILL");
  await child.exited;
  expect(child.signalCode).toBe("SIGKILL");
  return printed;
}

/** The bytes of the only trained model. */
async function trainedWeights({ dir }: Project): Promise<Buffer> {
  const found = await Array.fromAsync(new Bun.Glob("data/06_models/pre_model/**/weights.bin").scan(dir));
  expect(found).toHaveLength(1);
  return Buffer.from(await Bun.file(join(dir, found[0]!)).arrayBuffer());
}

/** Rows of the project's database. */
function rowsOf<T>({ dir }: Project, sql: string): T[] {
  const database = new Database(join(dir, "data/tegaki.db"), { readonly: true });
  try {
    return database.query<T, []>(sql).all();
  } finally {
    database.close();
  }
}

test("tegaki run --resume continues from the last finished epoch of a run killed by SIGKILL, with bit-identical results", async () => {
  const killed = epochsIn(await killAfterCheckpoint(project));
  expect(killed).not.toContain("4");
  const [run] = rowsOf<{ id: string }>(project, "SELECT id FROM runs");
  const resumed = await runCommand(project, ["run", "--resume", run!.id]);
  expect([resumed.code, epochsIn(resumed.err)]).toEqual([0, ["1", "2", "3", "4"]]);
  const [, before] = /Continuing after epoch (\d), from the checkpoint/.exec(resumed.err)!;
  expect(Number(before)).toBeGreaterThanOrEqual(Number(killed.at(-1) ?? 1));
  expect(Number(before)).toBeLessThan(4);

  const whole = await smallProject();
  const uninterrupted = await runCommand(whole, ["run"]);
  expect([uninterrupted.code, epochsIn(uninterrupted.err)]).toEqual([0, ["1", "2", "3", "4"]]);
  expect((await trainedWeights(project)).equals(await trainedWeights(whole))).toBe(true);

  const [record] = rowsOf<{ versions: string; threads: number; seed: number }>(
    whole,
    "SELECT versions, threads, seed FROM runs",
  );
  expect(Object.keys(JSON.parse(record!.versions))).toEqual(["tegaki", "bun", "tfjs"]);
  expect([record!.threads, record!.seed]).toEqual([expect.any(Number), 20261123]);
  const inputs = rowsOf<{ inputs: string }>(whole, "SELECT inputs FROM run_nodes").flatMap(
    (row) => JSON.parse(row.inputs) as { name: string; fingerprint: string | null }[],
  );
  expect(inputs.find(({ name }) => name === "mnist_data")?.fingerprint).toMatch(SHA256);
}, 120_000);

test("a training that fills the heap ends with 1 and one line, is recorded as failed with its cause, and leaves no model", async () => {
  // All of MNIST, in batches whose activations take more than WebAssembly can address.
  await rm(join(project.dir, "conf/local/catalog.yml"));
  const params = "architecture=keras_mnist_cnn,batch_size=8192";
  const { code, out, err } = await runCommand(project, ["run", "--params", params]);
  expect([code, out]).toEqual([1, ""]);
  const message =
    /^tegaki: (Node "train_model" failed: Cannot allocate \d+ bytes for a tensor: the WASM heap is full at \d+ MiB\. Use smaller batches .*)\n$/m;
  const [, told] = message.exec(err)!;
  expect(err.endsWith(`tegaki: ${told}\n`)).toBe(true);
  const [run] = rowsOf<{ causes: string }>(
    project,
    "SELECT status, error, model_version, causes FROM runs JOIN run_details ON run_id = id",
  );
  expect(run).toMatchObject({ status: "failed", error: told, model_version: null });
  expect(JSON.parse(run!.causes)).toMatchObject([{ name: "RangeError" }]);
  expect(
    rowsOf(project, "SELECT 1 FROM run_nodes WHERE node = 'train_model' AND status = 'failed'"),
  ).toHaveLength(1);
  expect(rowsOf(project, "SELECT version FROM models WHERE run_id IS NOT NULL")).toEqual([]);
}, 120_000);
