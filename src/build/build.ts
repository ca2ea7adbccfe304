import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { buildAssets } from "./assets.ts";
import { isFresh, makeStamped, makeWhenStale, type Product } from "./stamp.ts";

const ROOT = join(import.meta.dir, "../..");
/** Path of the compiled executable; ignored by git. */
export const EXECUTABLE = join(ROOT, "dist", process.platform === "win32" ? "tegaki.exe" : "tegaki");

/** Entry points. Every worker is a separate one, next to `main.ts`. */
const ENTRIES = ["main.ts", "kernel-worker.ts", "augment-worker.ts", "graph-worker.ts", "store-worker.ts"];

const PRODUCT: Product = {
  name: "executable",
  inputs: ["src", "views", "conf/base", "docs"],
  outputs: [EXECUTABLE],
};

/** Builds `dist/tegaki` unless it is up to date. @returns whether it was built. */
export async function buildExecutableWhenStale(): Promise<boolean> {
  return makeWhenStale(PRODUCT, compile);
}

/** Whether `dist/tegaki` was built from the current sources. */
export async function isExecutableFresh(): Promise<boolean> {
  return isFresh(PRODUCT);
}

/** Builds `dist/tegaki` unconditionally. */
export async function buildExecutable(): Promise<void> {
  return makeStamped(PRODUCT, compile);
}

/**
 * Compiles `dist/tegaki`: one executable with everything inside.
 *
 * `ignoreDCEAnnotations` keeps tfjs-core's platform files, which are marked free of side effects and are not.
 * `autoloadPackageJson` lets a project's own pipelines import packages of its `node_modules`; nothing is ever downloaded.
 */
async function compile(): Promise<void> {
  await buildAssets();
  await mkdir(join(ROOT, "dist"), { recursive: true });
  const result = await Bun.build({
    entrypoints: ENTRIES.map((name) => join(ROOT, "src", name)),
    compile: { outfile: EXECUTABLE, autoloadDotenv: false, autoloadBunfig: false, autoloadPackageJson: true },
    minify: true,
    bytecode: true,
    format: "esm",
    ignoreDCEAnnotations: true,
  });
  for (const log of result.logs) console.error(log);
  if (!result.success) throw new Error("The build failed; see above");
}

if (import.meta.main) {
  const start = performance.now();
  await buildExecutable();
  const megabytes = (await stat(EXECUTABLE)).size / 1e6;
  console.log(
    `Built ${EXECUTABLE} (${megabytes.toFixed(0)} MB) in ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
}
