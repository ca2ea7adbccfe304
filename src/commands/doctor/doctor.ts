import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Verification } from "../../backup/verify-project.ts";
import { messageOf, TegakiError } from "../../lib/errors.ts";
import { loadProject, type ProjectOptions } from "../../project/project.ts";
import type { Runtime } from "../../project/runtime.ts";
import { SCHEMA_VERSION } from "../../storage/snapshot/snapshot.ts";
import { checkFolder } from "./check-folder.ts";
import { checkKernels, checkMachine } from "./check-machine.ts";
import { type Finding, findings } from "./finding.ts";

/** Everything that the examination uses, so that each part can fail without ending the others. */
export interface DoctorDeps {
  runtime: Runtime;
  verify(options: { dir: string; onProgress?(step: string): void }): Promise<Verification>;
}

/** Examines machine and project, and says what is wrong and what to do. Nothing is changed. */
export async function examine(
  { runtime, verify }: DoctorDeps,
  options: ProjectOptions & { onProgress?(step: string): void },
): Promise<Finding[]> {
  const dir = resolve(options.dir);
  const found: Finding[] = checkMachine();
  const { startBackend } = await import("../../project/backend.ts");
  found.push(await checkKernels(() => startBackend(runtime, 1)));
  const hasStore = existsSync(join(dir, "data/tegaki.db"));
  if (hasStore) found.push(...(await checkFolder(dir, runtime.clock.now())));
  found.push(await checkConfig(runtime, options));
  if (!hasStore) {
    found.push(findings("store").ok(`there is no store in ${dir} yet; the first start creates it`));
    return found;
  }
  return [...found, ...(await checkStore(verify, { dir, onProgress: options.onProgress }))];
}

async function checkConfig(runtime: Runtime, options: ProjectOptions): Promise<Finding> {
  const { ok, advice, problem } = findings("config");
  const warnings: string[] = [];
  try {
    await loadProject(runtime, options, (warning) => void warnings.push(warning));
  } catch (error) {
    if (!(error instanceof TegakiError)) throw error;
    return problem(messageOf(error), "Correct the files that are named; tegaki validate checks them");
  }
  if (warnings.length === 0) return ok("the configuration is valid");
  return advice(warnings.join("; "), "Put these values in quotes, or write them as is meant");
}

async function checkStore(
  verify: DoctorDeps["verify"],
  { dir, onProgress }: { dir: string; onProgress: ((step: string) => void) | undefined },
): Promise<Finding[]> {
  const { ok, advice } = findings("store");
  const { schema, rows, models, problems } = await verify({ dir, ...(onProgress && { onProgress }) });
  if (problems.length > 0) {
    return problems.map(({ what, message, action }) => findings(what).problem(message, action));
  }
  const sound = ok(
    `the database is sound, ${rows} rows can be read, and the files of ${models} models are as they were registered`,
  );
  if (schema === null || schema >= SCHEMA_VERSION) return [sound];
  return [
    sound,
    advice(
      `the store is of an older tegaki (version ${schema}, now ${SCHEMA_VERSION})`,
      "Nothing: the next command backs it up and updates it",
    ),
  ];
}
