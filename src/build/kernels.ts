import { mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import asc from "assemblyscript/asc";
import { type ArgumentKind, KERNEL_ARGUMENTS } from "../kernels/thread-pool/kernel-arguments.ts";

const ROOT = join(import.meta.dir, "../..");
const ENTRY = "src/kernels/wasm/index.as.ts";
/** Where the AssemblyScript sources import the classes of arguments from. */
const ARGUMENTS = "build/kernel-arguments.as.ts";
const FIELD_TYPES: Readonly<Record<ArgumentKind, string>> = {
  pointer: "usize",
  bytes: "usize",
  int: "i32",
  flag: "i32",
  float: "f32",
};

/**
 * Compiles the kernels' AssemblyScript to `<outDir>/kernels.wasm`: a module without data or stack that imports
 * its memory, so that it can work on tfjs's heap. Before that, it writes `build/kernel-arguments.as.ts`.
 *
 * @throws when the compiler reports an error; its messages are in the error's.
 */
export async function buildKernels(outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true });
  await Bun.write(join(ROOT, ARGUMENTS), argumentClasses(KERNEL_ARGUMENTS));
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

/**
 * Returns AssemblyScript with a class for each kernel's arguments, `ConvArguments` for `conv`, whose fields are in the
 * table's order. All are 32 bits wide, so a field is where `writeArguments` has put it.
 */
function argumentClasses(table: Readonly<Record<string, Readonly<Record<string, ArgumentKind>>>>): string {
  const classes = Object.entries(table).map(([kernel, kinds]) => {
    const fields = Object.entries(kinds).map(([name, kind]) => `  ${name}: ${FIELD_TYPES[kind]};\n`);
    const className = `${kernel[0]!.toUpperCase()}${kernel.slice(1)}Arguments`;
    return `// @ts-ignore: decorator\n@unmanaged\nexport class ${className} {\n${fields.join("")}}\n`;
  });
  return `// Made by src/build/kernels.ts from src/kernels/thread-pool/kernel-arguments.ts.\n\n${classes.join("\n")}`;
}

if (import.meta.main) await buildKernels(join(ROOT, "build"));
