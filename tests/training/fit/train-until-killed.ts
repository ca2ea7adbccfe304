import { initBackend } from "../../../src/kernels/init-backend.ts";
import { CheckpointFiles } from "../../../src/runs/caches/checkpoint-files.ts";
import { createTraining } from "../../../src/training/create-training.ts";
import { resumable } from "../support.ts";

// Trains with checkpoints, and reports to the parent each step that training reports. Arguments: the directory, "train" or "tune".

const [directory, what] = process.argv.slice(2) as [string, "train" | "tune"];
await initBackend({ threads: 1, workerUrl: new URL("../../../src/kernel-worker.ts", import.meta.url) });
const checkpoints = new CheckpointFiles(directory, "first", null, 0);
const training = createTraining({ threads: 1 }, { features: null, checkpoints, numerics: "1" });
await resumable(training, what, ({ epoch, step }) => process.send!([epoch, step]));
