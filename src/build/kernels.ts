import { mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import asc from "assemblyscript/asc";

const ROOT = join(import.meta.dir, "../..");
const ENTRY = "src/kernels/wasm/index.as.ts";

/**
 * Compiles the kernels' AssemblyScript to `<outDir>/kernels.wasm`: a module without data or stack that imports
 * its memory, so that it can work on tfjs's heap.
 *
 * @throws when the compiler reports an error; its messages are in the error's.
 */
export async function buildKernels(outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true });
  const outFile = relative(ROOT, join(outDir, "kernels.wasm"));
  const flags = [
    "--runtime",
    "stub",
    "--importMemory",
    "--sharedMemory",
    "--initialMemory",
    "1",
    "--maximumMemory",
    "32768",
  ];
  const features = ["--enable", "simd", "--enable", "threads", "--noAssert", "-O3"];
  const result = await asc.main([ENTRY, "--baseDir", ROOT, "--outFile", outFile, ...flags, ...features]);
  if (result.error)
    throw new Error(`Cannot compile ${ENTRY}:\n${result.stderr.toString()}`, { cause: result.error });
}

if (import.meta.main) await buildKernels(join(ROOT, "build"));
