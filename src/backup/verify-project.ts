import { stat } from "node:fs/promises";
import { join } from "node:path";
import { BUILTIN_MODEL_KEY } from "../domain/model.ts";
import { messageOf, TegakiError, UsageError } from "../lib/errors.ts";
import { checkRows } from "../storage/snapshot/check-rows.ts";
import { integrityProblems, SCHEMA_VERSION, summariseStore } from "../storage/snapshot/snapshot.ts";
import { modelProblem } from "./contents.ts";
import { STORE_FILE } from "./manifest.ts";

/** Something that is wrong with a project, and what to do about it. */
interface Problem {
  what: "store" | "rows" | "model" | "forgotten" | "backup";
  message: string;
  action: string;
}

/** The result of checking a project. */
export interface Verification {
  /** The schema version of the store. */
  schema: number | null;
  rows: number;
  models: number;
  problems: Problem[];
}

const RESTORE = "Restore a backup: tegaki restore FILE --replace";
const MODEL =
  "Restore its files from a backup, or train again. If it is the live model, the nearest earlier version that works is used";

/** The project to check, and whom to tell. */
export interface VerifyOptions {
  /** The project directory. */
  dir: string;
  /** Reads the list of forgotten drawings. @throws when it is damaged. */
  readForgotten(dataDir: string): Promise<unknown>;
  /** @param step what is checked now, with how much of it was. */
  onProgress?(step: string): void;
}

/**
 * Checks a project without changing anything, next to a server that may be using it: the database as a whole, every
 * row, the files of every registered model, and the list of forgotten drawings.
 * @throws UsageError when there is no store.
 */
export async function verifyProject({
  dir,
  readForgotten,
  onProgress = () => {},
}: VerifyOptions): Promise<Verification> {
  const store = join(dir, STORE_FILE);
  if ((await stat(store).catch(() => null)) === null) {
    throw new UsageError(
      `There is nothing to verify in ${dir}: it has no ${STORE_FILE}. Name the project with --dir`,
    );
  }
  const result: Verification = { schema: null, rows: 0, models: 0, problems: [] };
  const { problems } = result;
  onProgress("the database");
  await noting(problems, "store", RESTORE, () => {
    for (const message of integrityProblems(store))
      problems.push({ what: "store", message, action: RESTORE });
  });
  onProgress("rows");
  await noting(problems, "rows", RESTORE, () => checkAllRows(store, result, onProgress));
  onProgress("models");
  await noting(problems, "model", MODEL, () => checkModels(dir, store, result));
  await noting(problems, "forgotten", "Remove the damaged line, or copy the file from a backup", () =>
    readForgotten(join(dir, "data")),
  );
  return result;
}

function checkAllRows(store: string, result: Verification, onProgress: (step: string) => void): void {
  const { rows, unreadable, problems } = checkRows(store, (n) => onProgress(`${n} rows`));
  result.rows = rows;
  for (const message of problems) result.problems.push({ what: "rows", message, action: RESTORE });
  const more = unreadable - problems.length;
  if (more > 0)
    result.problems.push({ what: "rows", message: `${more} more rows cannot be read`, action: RESTORE });
}

async function checkModels(dir: string, store: string, result: Verification): Promise<void> {
  const { schema, models } = summariseStore(store);
  result.schema = schema;
  if (schema > SCHEMA_VERSION) {
    result.problems.push({
      what: "store",
      message: `the store is of a newer tegaki (version ${schema}; this one reads up to ${SCHEMA_VERSION})`,
      action: "Use that tegaki, or a newer one",
    });
  }
  for (const model of models) {
    result.models += 1;
    const problem = model.key === BUILTIN_MODEL_KEY ? null : await modelProblem(join(dir, "data"), model);
    if (problem !== null) result.problems.push({ what: "model", message: problem, action: MODEL });
  }
}

/** Notes what a check throws as a problem of its own, and continues. */
async function noting(
  problems: Problem[],
  what: Problem["what"],
  action: string,
  check: () => unknown,
): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof TegakiError)) throw error;
    // What could not be read need not be damaged: its message says what to do first.
    const isDamaged = what === "forgotten" || /SQLITE_(?:CORRUPT|NOTADB)/.test(error.message);
    problems.push({ what, message: messageOf(error), action: isDamaged ? action : "Then run this again" });
  }
}
