import { join } from "node:path";
import { buildKernels } from "../../../src/build/kernels.ts";
import { type Competitor, startCompetitor } from "./competitor.ts";

/** One of the compared setups, each in a separate process. */
export interface Setup {
  name: string;
  command: readonly string[];
}

const BUILD_DIR = join(import.meta.dir, "../../../build");
const CHILD = join(import.meta.dir, "tfjs-child.ts");
const TORCH = join(import.meta.dir, "torch_child.py");

/** tfjs with our kernels, or unchanged; see `tfjs-child.ts`. */
export function tfjsSetup(name: string, form: "ops" | "layers", backend: "1" | "2" | "stock"): Setup {
  return { name, command: [process.execPath, CHILD, form, backend] };
}

/** The same network in PyTorch, in the faster of its two memory formats on the tested CPUs. */
export function torchSetup(threads: 1 | 2): Setup {
  const name = `PyTorch, channels last, ${threads} thread${threads > 1 ? "s" : ""}`;
  return { name, command: ["python3", TORCH, String(threads)] };
}

/**
 * Builds the kernels and starts every setup. Without PyTorch, its setups are skipped with a message.
 * @throws when a process does not start.
 */
export async function startAll(setups: readonly Setup[]): Promise<{ setup: Setup; process: Competitor }[]> {
  await buildKernels(BUILD_DIR);
  const torch = torchVersion();
  console.error(`Bun ${Bun.version}, tfjs 4.22.0, PyTorch ${torch ?? "skipped: no python3 with torch"}`);
  const used = setups.filter(({ command }) => torch !== null || command[0] !== "python3");
  return await Promise.all(
    used.map(async (setup) => ({ setup, process: await startCompetitor(setup.command) })),
  );
}

function torchVersion(): string | null {
  if (Bun.which("python3") === null) return null;
  const { success, stdout } = Bun.spawnSync(["python3", "-c", "import torch; print(torch.__version__)"]);
  return success ? stdout.toString().trim() : null;
}
