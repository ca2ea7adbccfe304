import { instantiateKernels, takeChunks, WORD, type WorkerStart } from "./kernels/thread-pool/protocol.ts";

/**
 * A thread of the kernels' pool: it sleeps until there is a job, computes the chunks that it can get, sleeps again, and
 * ends when the pool stops it. It is next to `main.ts`, because the compiled executable looks for workers there.
 */
declare const self: {
  onmessage: ((event: { data: WorkerStart }) => void) | null;
  postMessage(ready: true): void;
};

self.onmessage = ({ data }) => {
  self.onmessage = null;
  const control = new Int32Array(data.control);
  const kernels = instantiateKernels(data.module, data.memory);
  self.postMessage(true);
  while (Atomics.load(control, WORD.stop) === 0) {
    Atomics.wait(control, WORD.ticket, takeChunks(control, kernels, data.thread));
  }
};
