import { afterEach, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { KernelPoolError, ThreadPool } from "../../../src/kernels/thread-pool/thread-pool.ts";
import { SPAN } from "../../../src/kernels/wasm/shared-sizes.ts";
import { WORKER_URL } from "../support/backends.ts";

const WASM = join(import.meta.dir, "../../../build/kernels.wasm");
/** Arguments of "reluGrad" for no elements, and for elements outside the memory. */
const NOTHING = { x: 0, dy: 0, dx: 0, size: 0 };
const OUTSIDE = { x: 0x7fff0000, dy: 0x7fff0000, dx: 0x7fff0000, size: 16 };
const pools: ThreadPool[] = [];

afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose();
});

/** A pool on a separate memory, in which nothing is ever freed. */
async function startPool(threads: number, workerUrl: string | URL = WORKER_URL, timeoutMs = 10_000) {
  const memory = new WebAssembly.Memory({ initial: 1024, maximum: 32768, shared: true });
  let top = 1024;
  const malloc = (bytes: number) => {
    const pointer = top;
    top += (bytes + 15) & ~15;
    return pointer;
  };
  const module = new WebAssembly.Module(await Bun.file(WASM).bytes());
  const pool = new ThreadPool({ threads, workerUrl, module, memory, malloc, free: () => {}, timeoutMs });
  pools.push(pool);
  return { pool, memory, malloc };
}

/** relu's gradient over `n` ones, with dy = 0, 1, 2, …; needs several chunks when n is over SPAN. */
function countUp({ pool, memory, malloc }: Awaited<ReturnType<typeof startPool>>, n: number): Float32Array {
  const [x, dy, dx] = [malloc(4 * n), malloc(4 * n), malloc(4 * n)];
  new Float32Array(memory.buffer, x, n).fill(1);
  new Float32Array(memory.buffer, dy, n).set(Float32Array.from({ length: n }, (_, i) => i));
  pool.run("reluGrad", { chunks: Math.ceil(n / SPAN), args: { x, dy, dx, size: n } });
  return new Float32Array(memory.buffer, dx, n).slice();
}

for (const threads of [1, 2, 4]) {
  test(`ThreadPool.run() computes every chunk once, and all before it returns, on ${threads} threads`, async () => {
    const started = await startPool(threads);
    await started.pool.ready();
    for (let repeat = 0; repeat < 20; repeat++) {
      const n = SPAN * repeat + 5;
      const result = countUp(started, Math.min(n, 100_000));
      expect(result.every((value, i) => value === i)).toBe(true);
    }
  });
}

test("ThreadPool() starts no worker for 1 thread, so a missing worker does no harm", async () => {
  const started = await startPool(1, "file:///nowhere/worker.ts");
  await started.pool.ready();
  expect(countUp(started, 50_000)[49_999]).toBe(49_999);
});

test("ThreadPool.ready() rejects with a KernelPoolError when a worker cannot be started", async () => {
  const { pool } = await startPool(2, "file:///nowhere/worker.ts");
  await expect(pool.ready()).rejects.toThrow(/thread pool \(2 threads\) is broken: worker 1/);
});

test("ThreadPool.run() throws a KernelPoolError when a kernel traps, and at every call after that", async () => {
  const { pool } = await startPool(1);
  expect(() => pool.run("reluGrad", { chunks: 1, args: OUTSIDE })).toThrow(KernelPoolError);
  expect(() => pool.run("reluGrad", { chunks: 0, args: NOTHING })).toThrow('kernel "reluGrad" trapped');
});

test("ThreadPool.run() throws, and does not hang, when a kernel traps in one of several threads", async () => {
  const { pool } = await startPool(3);
  await pool.ready();
  expect(() => pool.run("reluGrad", { chunks: 8, args: { ...OUTSIDE, size: 8 * SPAN } })).toThrow(
    KernelPoolError,
  );
});

test("ThreadPool.run() refuses more chunks than a ticket can count", async () => {
  const { pool } = await startPool(1);
  expect(() => pool.run("reluGrad", { chunks: 70_000, args: NOTHING })).toThrow(
    "cannot run 70000 chunks: expected at most 65534",
  );
});

test("ThreadPool.run() throws and says so once the pool has been disposed of", async () => {
  const { pool } = await startPool(2);
  await pool.ready();
  pool.dispose();
  expect(() => pool.run("reluGrad", { chunks: 1, args: NOTHING })).toThrow("has been disposed of");
});

describe("a worker that dies", () => {
  /** Takes one chunk as a worker of ours would, and never finishes it. */
  const TAKER = `
    onmessage = ({ data }) => {
      const control = new Int32Array(data.control);
      postMessage(true);
      for (;;) {
        const ticket = Atomics.load(control, 0);
        if ((ticket & 0xffff) >= Atomics.load(control, 1) || (ticket & 0xffff) === 0xffff) continue;
        if (Atomics.compareExchange(control, 0, ticket, ticket + 1) === ticket) return;
      }
    };`;

  test("ThreadPool.run() throws within its limit when a worker has taken a chunk and does not finish it", async () => {
    const url = URL.createObjectURL(new Blob([TAKER], { type: "application/javascript" }));
    const started = await startPool(2, url, 200);
    await started.pool.ready();
    const runs = () => {
      for (let i = 0; i < 10_000; i++) countUp({ ...started, malloc: () => 1024 }, SPAN * 40);
    };
    expect(runs).toThrow(/did not finish kernel "reluGrad" within 200 ms: \d+ of 40 chunks are finished/);
  });
});
