import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import { CheckpointFiles } from "../../../src/runs/caches/checkpoint-files.ts";
import { createTraining } from "../../../src/training/create-training.ts";
import type { Training } from "../../../src/training/training.ts";
import { resumable } from "../support.ts";

let backend: Backend;
let directory: string;
beforeAll(async () => {
  const workerUrl = new URL("../../../src/kernel-worker.ts", import.meta.url);
  backend = await initBackend({ threads: 1, workerUrl });
});
afterAll(() => backend.dispose());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "tegaki-resume-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** A run in this process. @param resumed the run that it resumes. */
function trainingOf(runId: string, resumed: string | null): Training {
  const checkpoints = new CheckpointFiles(directory, runId, resumed, 0);
  return createTraining(backend, { features: null, checkpoints, numerics: "1" });
}

/** A run named "first" in a separate process, killed in its third epoch. */
async function killedRun(what: "train" | "tune"): Promise<void> {
  const script = join(import.meta.dir, "train-until-killed.ts");
  const child = Bun.spawn([process.execPath, script, directory, what], {
    stdio: ["ignore", "ignore", "inherit"],
    ipc([epoch, step]: [number, number], process) {
      if (epoch === 3 && step === 10) process.kill("SIGKILL");
    },
  });
  await child.exited;
  expect(child.signalCode).toBe("SIGKILL");
}

/** The weights, and each step that was really computed (every tenth is reported). */
async function run(training: Training, what: "train" | "tune") {
  const steps: string[] = [];
  const { model, ...result } = await resumable(training, what, ({ epoch, step }) => {
    if (step === 10) steps.push(`${epoch}`);
  });
  const history = result.history.map(({ epoch, loss, val_loss }) => ({ epoch, loss, val_loss }));
  return { weights: Buffer.from(model.weightData), steps, history, bestEpoch: result.bestEpoch };
}

for (const what of ["train", "tune"] as const) {
  test(`${what}: a killed run resumes with its third epoch, gives bit-identical results, and leaves no checkpoint`, async () => {
    await killedRun(what);
    expect(await readdir(directory)).toHaveLength(1);
    const whole = await run(createTraining(backend), what);
    const resumed = await run(trainingOf("second", "first"), what);
    expect(resumed.steps.filter((epoch) => epoch < "3")).toEqual([]);
    expect(resumed.steps).not.toEqual([]);
    expect(resumed.weights.equals(whole.weights)).toBe(true);
    expect(resumed.history).toEqual(whole.history);
    expect(resumed.bestEpoch).toBe(whole.bestEpoch);
    expect(await readdir(directory)).toEqual([]);
  });
}

test("a run that resumes no other starts over, whatever checkpoints exist", async () => {
  await killedRun("train");
  const { steps } = await run(trainingOf("another", null), "train");
  expect(steps).toEqual(["1", "2", "3", "4"]);
});

test("a run whose checkpoint is damaged starts over", async () => {
  await killedRun("train");
  const [name] = await readdir(directory);
  const path = join(directory, name!);
  const bytes = await Bun.file(path).bytes();
  await writeFile(path, bytes.with(bytes.length - 5, bytes.at(-5)! ^ 1));
  const { steps, weights } = await run(trainingOf("second", "first"), "train");
  expect(steps).toEqual(["1", "2", "3", "4"]);
  expect(weights.equals((await run(createTraining(backend), "train")).weights)).toBe(true);
});

test("a run that ends before its first epoch leaves its checkpoint to the next one", async () => {
  await killedRun("train");
  const key = "0".repeat(64);
  const second = new CheckpointFiles(directory, "second", null, 0);
  await second.of(key).write(new Uint8Array([1, 2]));
  const third = new CheckpointFiles(directory, "third", "second", 0);
  expect(await third.of(key).read()).toEqual(Buffer.from([1, 2]));
  const fourth = new CheckpointFiles(directory, "fourth", "third", 0);
  expect(await fourth.of(key).read()).toEqual(Buffer.from([1, 2]));
});

test("CheckpointFiles keeps checkpoints of only a few runs", async () => {
  for (let i = 0; i < 12; i++) {
    await new CheckpointFiles(directory, `run ${i}`, null, 0).of("key").write(new Uint8Array([i]));
  }
  expect((await readdir(directory)).length).toBeLessThanOrEqual(4);
});
