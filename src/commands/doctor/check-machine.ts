import { availableParallelism, freemem, totalmem } from "node:os";
import { messageOf } from "../../lib/errors.ts";
import { type Finding, findings } from "./finding.ts";

/** A module with one SIMD instruction, and one with a shared memory: what the kernels are made of. */
const SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
];
const SHARED_MEMORY = [0, 97, 115, 109, 1, 0, 0, 0, 5, 4, 1, 3, 1, 1];
const MIN_MEMORY_BYTES = 512 * 1024 * 1024;

/** Checks processor and memory: SIMD and threads of WebAssembly, without which no model computes. */
export function checkMachine(): Finding[] {
  return [checkSimd(), checkThreads(), checkMemory()];
}

/** Starts the kernels, which proves more than any question about the machine. @param start throws when they do not. */
export async function checkKernels(start: () => Promise<unknown>): Promise<Finding> {
  const { ok, problem } = findings("kernels");
  try {
    await start();
    return ok("the kernels start, and a model can compute");
  } catch (error) {
    return problem(
      `the kernels do not start: ${messageOf(error)}`,
      "Report this with the output of tegaki doctor --json; predictions and training need them",
    );
  }
}

function checkSimd(): Finding {
  const { ok, problem } = findings("simd");
  if (WebAssembly.validate(new Uint8Array(SIMD))) return ok("WebAssembly has SIMD");
  return problem(
    "WebAssembly has no SIMD on this processor, so no model can compute",
    "Use a processor with SSE4.1 or NEON; in a virtual machine, pass the host's processor through",
  );
}

function checkThreads(): Finding {
  const { ok, advice, problem } = findings("threads");
  if (typeof SharedArrayBuffer === "undefined" || !WebAssembly.validate(new Uint8Array(SHARED_MEMORY))) {
    return problem(
      "threads cannot share memory, so no model can compute",
      "Use the executable as it was released",
    );
  }
  const n = availableParallelism();
  if (n >= 2) return ok(`${n} threads`);
  return advice(
    "1 thread: predictions wait while a model is trained",
    "Give this machine or container 2 processors",
  );
}

function checkMemory(): Finding {
  const { ok, advice } = findings("memory");
  const [total, free] = [totalmem(), freemem()].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`);
  if (totalmem() >= MIN_MEMORY_BYTES) return ok(`${total}, of which ${free} are free`);
  return advice(
    `${total}: training may be ended by the system`,
    "Give this machine or container 512 MB or more",
  );
}
