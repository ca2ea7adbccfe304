import { expect, test } from "bun:test";
import { join } from "node:path";
import {
  KERNEL_ARGUMENTS,
  KERNEL_NAMES,
  MAX_ARGUMENTS,
  writeArguments,
} from "../../../src/kernels/thread-pool/kernel-arguments.ts";
import type { ThreadPool } from "../../../src/kernels/thread-pool/thread-pool.ts";

/** Never called: the test is that each of these is a type error, which `tsc` checks. */
export function callsThatDoNotCompile(pool: ThreadPool): void {
  // @ts-expect-error "size" is missing.
  pool.run("reluGrad", { chunks: 1, args: { x: 0, dy: 0, dx: 0 } });
  // @ts-expect-error There is no "length".
  pool.run("reluGrad", { chunks: 1, args: { x: 0, dy: 0, dx: 0, size: 0, length: 0 } });
  // @ts-expect-error "transposed" is a flag.
  pool.run("packB", { chunks: 1, args: { to: 0, b: 0, bias: 0, k: 0, n: 0, transposed: 1 } });
}

const ROOT = join(import.meta.dir, "../../..");

test("writeArguments() writes words in the table's order, in any order of the call: flags as 0 or 1, floats as their bits", () => {
  const words = new Int32Array(MAX_ARGUMENTS);
  const floats = new Float32Array(words.buffer);
  const args = { low: Number.NEGATIVE_INFINITY, panelsAChunk: 9, rowsAChunk: 8, k: 7, n: 6, m: -5, c: 4 };
  writeArguments("gemm", { ...args, packed: 0x80000003, transposed: true, a: 1 }, words, floats);
  expect([...words.subarray(0, 10)]).toEqual([1, 1, 0x80000003 | 0, 4, -5, 6, 7, 0xff800000 | 0, 8, 9]);
  writeArguments("gemm", { ...args, low: 1, packed: 3, transposed: false, a: 1 }, words, floats);
  expect([words[1], words[7]]).toEqual([0, 0x3f800000]);
});

test("kernels.wasm has the kernels of the table and nothing else", async () => {
  const module = new WebAssembly.Module(await Bun.file(join(ROOT, "build/kernels.wasm")).bytes());
  const exported = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
  expect(exported.map(({ name }) => name).sort()).toEqual([...KERNEL_NAMES].sort());
});

test("every argument in the table is read by its kernel", async () => {
  const functions: string[] = [];
  for await (const path of new Bun.Glob("src/kernels/wasm/*.as.ts").scan({ cwd: ROOT })) {
    functions.push(...(await Bun.file(join(ROOT, path)).text()).split(/^(?=(?:export )?function )/m));
  }
  const unread = KERNEL_NAMES.flatMap((kernel) => {
    const type = `args: ${kernel[0]!.toUpperCase()}${kernel.slice(1)}Arguments`;
    const code = functions.filter((text) => text.includes(type)).join();
    const names = Object.keys(KERNEL_ARGUMENTS[kernel]);
    return names
      .filter((name) => !new RegExp(`args\\.${name}\\b`).test(code))
      .map((name) => `${kernel}: ${name}`);
  });
  expect(unread).toEqual([]);
});
