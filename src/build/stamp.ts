import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dir, "../..");

/** Inputs of every product: the build scripts and the installed packages. */
const COMMON_INPUTS = ["src/build", "package.json", "package-lock.json", "tsconfig.json"];

/** Something that is built from the repository's sources. */
export interface Product {
  /** Name of the stamp: `build/stamps/NAME`. */
  name: string;
  /** Files and folders that it is built from, in addition to the common ones; relative to the root. */
  inputs: readonly string[];
  /** Files that exist once it is built; absolute. */
  outputs: readonly string[];
}

/**
 * Whether the product was built from the current sources. Contents are compared, not times: a checkout of
 * another branch and back leaves it fresh.
 */
export async function isFresh(product: Product, root: string = ROOT): Promise<boolean> {
  const exist = await Promise.all(product.outputs.map((path) => Bun.file(path).exists()));
  if (exist.includes(false)) return false;
  const stamp = await Bun.file(stampOf(product, root))
    .text()
    .catch(() => null);
  return stamp === (await fingerprint(product.inputs, root));
}

/**
 * Builds the product and stamps it. A source that changes meanwhile leaves it stale; a failure leaves it without a
 * stamp.
 *
 * @throws what `make` throws.
 */
export async function makeStamped(
  product: Product,
  make: () => Promise<void>,
  root: string = ROOT,
): Promise<void> {
  const stamp = stampOf(product, root);
  const print = await fingerprint(product.inputs, root);
  await rm(stamp, { force: true });
  await make();
  await mkdir(dirname(stamp), { recursive: true });
  await Bun.write(stamp, print);
}

/** Builds the product unless it is fresh. @returns whether it was built. */
export async function makeWhenStale(
  product: Product,
  make: () => Promise<void>,
  root: string = ROOT,
): Promise<boolean> {
  if (await isFresh(product, root)) return false;
  await makeStamped(product, make, root);
  return true;
}

/** SHA-256 over the names and contents of all input files and the version of Bun, in hex. */
async function fingerprint(inputs: readonly string[], root: string): Promise<string> {
  const hash = new Bun.CryptoHasher("sha256");
  hash.update(`${Bun.version} ${process.platform} ${process.arch}\n`);
  for (const file of await filesOf([...COMMON_INPUTS, ...inputs], root)) {
    const bytes = await Bun.file(join(root, file)).bytes();
    hash.update(`${file} ${bytes.length}\n`);
    hash.update(bytes);
  }
  return hash.digest("hex");
}

async function filesOf(inputs: readonly string[], root: string): Promise<string[]> {
  const lists = await Promise.all(inputs.map((input) => filesUnder(input, root)));
  return [...new Set(lists.flat())].sort();
}

/** All files of a folder, or the file itself; none when neither exists. */
async function filesUnder(input: string, root: string): Promise<string[]> {
  if (await Bun.file(join(root, input)).exists()) return [input];
  const pattern = new Bun.Glob(`${input}/**/*`);
  const found = await Array.fromAsync(pattern.scan({ cwd: root, dot: true }));
  return found.map((file) => file.replaceAll("\\", "/"));
}

function stampOf({ name }: Product, root: string): string {
  return join(root, "build/stamps", name);
}
