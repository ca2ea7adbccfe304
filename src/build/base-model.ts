import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashModel } from "../datasets/models/model-files.ts";
import type { BaseModelRecord } from "../project/model-sources.ts";
import { buildAssets } from "./assets.ts";

// Trains the base model that is built into the executable: `npm run base-model`. It is the model that `tegaki run`
// trains in an empty project, with the seed of conf/base/parameters.yml; record.json has its origin and scores.
// Takes about as long as the training run: a quarter of an hour on two cores.

const ROOT = join(import.meta.dir, "../..");
const TARGET = join(ROOT, "conf/base/model");

await buildAssets();
const project = await mkdtemp(join(tmpdir(), "tegaki-base-model-"));
try {
  const run = Bun.spawn([process.execPath, join(ROOT, "src/main.ts"), "run", "--dir", project, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const summary = (await new Response(run.stdout).json()) as { metrics: Record<string, unknown> };
  if ((await run.exited) !== 0) throw new Error("The run failed; see above");
  const models = join(project, "data/06_models/pre_model");
  const [version] = await readdir(models);
  await rm(TARGET, { recursive: true, force: true });
  await cp(join(models, version!), TARGET, { recursive: true });
  const record: BaseModelRecord = { sha256: await hashModel(TARGET), metrics: summary.metrics };
  await Bun.write(join(TARGET, "record.json"), `${JSON.stringify(record)}\n`);
  console.log(`The base model is in ${TARGET}. Rebuild the executable to include it`);
} finally {
  await rm(project, { recursive: true, force: true });
}
