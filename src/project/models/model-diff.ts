import { BASE } from "../../domain/aliases.ts";
import type { Model } from "../../domain/model.ts";
import type { Run, RunDetails } from "../../domain/runs/run.ts";
import type { Store } from "../../domain/store.ts";
import { messageOf, NotFoundError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/nearest.ts";
import { saying } from "../../lib/saying.ts";
import { compareFiles, compareParameters, compareSets } from "../../model-registry/diff/compare-models.ts";
import type { ModelDiff } from "../../model-registry/diff/model-diff.ts";
import type { ReadModel } from "../model-sources.ts";

/** Compares two versions: figures, parameters, data and files. @param a a version or an alias. */
export async function diffModels(
  store: Store,
  readModel: ReadModel,
  a: string,
  b: string,
): Promise<ModelDiff> {
  const [before, after] = [await findVersion(store, a), await findVersion(store, b)];
  const [one, other] = [await runOf(store, before), await runOf(store, after)];
  return {
    versions: [before.version, after.version],
    sets: compareSets(before, after),
    parameters:
      one.details === null || other.details === null
        ? null
        : compareParameters(one.details.parameters, other.details.parameters),
    data: {
      runs: [one.run?.id ?? null, other.run?.id ?? null],
      more_samples: await moreSamples(store, one.run, other.run),
    },
    ...(await filesOf(readModel, before, after)),
  };
}

/** @throws NotFoundError when there is no such version or alias. */
export async function findVersion({ models }: Pick<Store, "models">, name: string): Promise<Model> {
  const aliases = await models.aliases();
  const isNumber = /^[1-9]\d{0,8}$/.test(name);
  const version = isNumber ? Number(name) : Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  const model = version === undefined ? null : await models.get(version);
  if (model !== null) return model;
  if (isNumber) {
    throw new NotFoundError(`There is no model version ${name}`, {
      says: saying("noVersion", { version: name }),
    });
  }
  const known = Object.keys(aliases);
  const hint = didYouMean(name, known) || `. There are: ${known.join(", ") || BASE}`;
  throw new NotFoundError(`There is no model alias "${name.slice(0, 60)}"${hint}`);
}

async function runOf(
  { runs }: Pick<Store, "runs">,
  { runId }: Model,
): Promise<{ run: Run | null; details: RunDetails | null }> {
  if (runId === null) return { run: null, details: null };
  const [run, details] = await Promise.all([runs.get(runId), runs.details(runId)]);
  return { run, details };
}

/** How many labelled drawings arrived between the two training runs; a sample is counted as it is labelled now. */
async function moreSamples({ samples }: Store, a: Run | null, b: Run | null): Promise<number | null> {
  if (a === null || b === null) return null;
  const [after, before] = await Promise.all([
    samples.countAfter(a.lastSampleId),
    samples.countAfter(b.lastSampleId),
  ]);
  return after - before;
}

async function filesOf(
  readModel: ReadModel,
  a: Model,
  b: Model,
): Promise<Pick<ModelDiff, "files" | "problem">> {
  const deleted = [a, b].find(({ state }) => state === "deleted");
  if (deleted !== undefined) {
    return { files: null, problem: `the files of version ${deleted.version} were removed` };
  }
  try {
    const [before, after] = [await readModel(a), await readModel(b)];
    return { files: compareFiles(before, after), problem: null };
  } catch (error) {
    return { files: null, problem: messageOf(error) };
  }
}
