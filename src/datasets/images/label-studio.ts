import * as v from "valibot";
import type { RawLabel } from "./class-names.ts";
import {
  type OnProblem,
  readNamedRow,
  taskAt,
  unreadable,
  valueError,
  type Words,
  words,
  wordsOf,
} from "./row-problems.ts";
import { readScan, type Scan } from "./scan-image.ts";
import { readUnpacked } from "./unpack.ts";

/** The choice for a drawing of none of the classes. */
export const NO_CLASS_CHOICE = "_none";

const DATA_URL = /^data:image\/png;base64,([A-Za-z0-9+/=\s]+)$/;

const Result = v.object({ type: v.string(), value: v.looseObject({}) });
const Choices = v.object({ choices: v.pipe(v.array(v.union([v.string(), v.number()])), v.minLength(1)) });
const Annotation = v.object({ was_cancelled: v.optional(v.boolean()), result: v.array(Result) });
const Task = v.object({
  data: v.looseObject({ writer: v.optional(v.nullable(v.string())) }),
  annotations: v.optional(v.array(Annotation), []),
});

/** One task of Label Studio. */
export interface LabelStudioImage {
  /** Index in the file, 0-based. */
  at: number;
  /** For messages. */
  place: Words;
  /** Null for a drawing of none of the classes. */
  label: RawLabel | null;
  writer: string | null;
  /** Whether nobody has annotated it. */
  isUnlabelled: boolean;
  scan: Scan;
}

/**
 * Reads Label Studio's JSON export of an image classification: tasks with the image as a PNG in a data URL and one
 * choice. The first annotation counts that is not cancelled. Images at other addresses are not fetched.
 *
 * @param mayBeUnlabelled whether a task without an annotation is read; otherwise it is an error of its task.
 * @throws InputError for a file that is not such JSON; naming the task for one that cannot be read, unless `onProblem` is
 *   told. Source: Label Studio, "Export annotations", format JSON.
 */
export async function* readLabelStudio(
  file: string,
  onProblem: OnProblem,
  mayBeUnlabelled = false,
): AsyncGenerator<LabelStudioImage> {
  for (const [at, task] of (await tasksOf(file)).entries()) {
    const place = taskAt(at);
    const found = await readNamedRow(file, { at, place }, onProblem, () => imageOf(task, mayBeUnlabelled));
    if (found !== null) yield { at, place, ...found };
  }
}

async function tasksOf(file: string): Promise<unknown[]> {
  let tasks: unknown;
  try {
    tasks = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await readUnpacked(file)));
  } catch (error) {
    throw unreadable(file, wordsOf(error), error);
  }
  const first: unknown = Array.isArray(tasks) ? tasks[0] : undefined;
  if (Array.isArray(tasks) && typeof first === "object" && first !== null && "data" in first) return tasks;
  const text =
    "expected Label Studio's tasks [{data, annotations}], found another JSON. Drawings are one JSON object per line (NDJSON)";
  throw unreadable(file, words(text, "notTasks"));
}

async function imageOf(task: unknown, mayBeUnlabelled: boolean) {
  const parsed = v.safeParse(Task, task);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const figures = { path: v.getDotPath(issue) ?? "it", reason: issue.message };
    throw valueError(words(`${figures.path}: ${figures.reason}`, "taskForm", figures));
  }
  const { data, annotations } = parsed.output;
  const { writer = null, ...fields } = data;
  const image = Object.values(fields).find((value) => typeof value === "string" && value.startsWith("data:"));
  const [, base64] = DATA_URL.exec(typeof image === "string" ? image : "") ?? [];
  if (base64 === undefined) {
    const found = JSON.stringify(Object.values(fields)[0] ?? null).slice(0, 60);
    const text = `data: expected the image as a data URL of a PNG, found ${found}`;
    throw valueError(words(text, "taskImage", { found }));
  }
  const isUnlabelled = mayBeUnlabelled && annotations.length === 0;
  const label = isUnlabelled ? null : labelOf(annotations);
  return { label, writer, isUnlabelled, scan: await readScan(new Uint8Array(Buffer.from(base64, "base64"))) };
}

function labelOf(annotations: readonly v.InferOutput<typeof Annotation>[]): RawLabel | null {
  const results = annotations.filter((one) => one.was_cancelled !== true).flatMap(({ result }) => result);
  const chosen = results.find(({ type }) => type === "choices");
  const choices = v.safeParse(Choices, chosen?.value);
  if (!choices.success) throw valueError(words("annotations: expected one choice, found none", "noChoice"));
  const [first] = choices.output.choices;
  const found = choices.output.choices.length;
  if (found > 1)
    throw valueError(words(`annotations: expected one choice, found ${found}`, "choices", { found }));
  return first === NO_CLASS_CHOICE ? null : first!;
}
