import { nearest } from "../../lib/nearest.ts";
import { saying } from "../../lib/saying.ts";
import { shortened } from "../../lib/shortened.ts";
import type { ParamProblem } from "./run.ts";

/** The inputs and outputs of a node, by name; `params:a.b` and `parameters` are parameters. */
export interface NodeInputs {
  inputs: readonly string[];
  outputs: readonly string[];
  tags: Iterable<string>;
}

/** The nodes that a run has, and what they are part of. */
export interface NodesToRun {
  pipeline: string;
  nodes: readonly NodeInputs[];
  /** Whether they are only a part of the pipeline. */
  isPart: boolean;
}

const PREFIX = "params:";
const ALL = "parameters";
/** Read by every run: it is recorded with the seed, and its datasets read the labels. */
const OF_EVERY_RUN = ["classes", "seed"];
/** Read where the nodes are wired and their caches are opened, by those that fine-tune. */
const OF_FINE_TUNING = ["tuning_initial_model", "feature_cache_mb"];
const READ_BY_FINE_TUNING = `${PREFIX}tuning_layer`;
/** Read by everything that trains. */
const OF_TRAINING = ["checkpoint_seconds"];
const TRAINING_TAG = "training";
const MOST_LISTED = 8;
const SHOWN_CHARACTERS = 60;

/**
 * Returns the names of the parameters that nodes read, without `params:`: also those that the run reads for them.
 * @returns null when a node reads all parameters at once.
 */
export function parametersRead(nodes: readonly NodeInputs[]): string[] | null {
  const inputs = new Set(nodes.flatMap((node) => node.inputs));
  if (inputs.has(ALL)) return null;
  const own = [...inputs].filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
  const isTraining = nodes.some(({ tags }) => [...tags].includes(TRAINING_TAG));
  return [
    ...new Set([
      ...own,
      ...OF_EVERY_RUN,
      ...(inputs.has(READ_BY_FINE_TUNING) ? OF_FINE_TUNING : []),
      ...(isTraining ? OF_TRAINING : []),
    ]),
  ];
}

/**
 * Returns a problem for each parameter of a run that its nodes do not read: it would have no effect.
 *
 * @param params in groups.
 * @param elsewhere names that are read outside of nodes: by interpolations of the configuration.
 * @param known the names that can be suggested, with dots.
 */
export function unreadParams(
  run: NodesToRun,
  params: Readonly<Record<string, unknown>>,
  { elsewhere, known }: { elsewhere: readonly string[]; known: readonly string[] },
): ParamProblem[] {
  const read = parametersRead(run.nodes);
  if (read === null) return [];
  const isRead = (name: string) =>
    [...read, ...elsewhere].some((one) => isWithin(name, one) || isWithin(one, name));
  const isOwn = (name: string) => !OF_EVERY_RUN.includes(name);
  const settable = known
    .filter((name) => read.some((one) => isWithin(name, one)))
    .sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  return leaves(params)
    .filter(([name]) => !isRead(name))
    .map(([name, value]) => unread(run, name, value, settable.length > 0 ? settable : read));
}

/** Returns the names of the values of parameters, with dots, and the values. */
export function leaves(params: unknown, name = ""): [name: string, value: unknown][] {
  if (typeof params !== "object" || params === null || Array.isArray(params)) return [[name, params]];
  const entries = Object.entries(params);
  if (entries.length === 0 && name !== "") return [[name, params]];
  return entries.flatMap(([key, value]) => leaves(value, name === "" ? key : `${name}.${key}`));
}

function isWithin(name: string, group: string): boolean {
  return name === group || name.startsWith(`${group}.`);
}

function unread(
  { pipeline, isPart }: NodesToRun,
  name: string,
  value: unknown,
  read: readonly string[],
): ParamProblem {
  const found = shortened(`${name}=${JSON.stringify(value)}`, SHOWN_CHARACTERS);
  const near = nearestParameter(name, read);
  const shown = read.slice(0, MOST_LISTED).join(", ") + (read.length > MOST_LISTED ? ", ..." : "");
  const figures = { pipeline, found, near: near ?? shown };
  const where = isPart ? `this part of pipeline ${pipeline}` : `pipeline ${pipeline}`;
  const hint = near === null ? `It reads ${shown}` : `Did you mean "${near}"?`;
  const key = `param.unread${isPart ? "Part" : ""}${near === null ? "" : "Near"}`;
  return {
    name,
    message: `expected a parameter that ${where} reads, found ${found}. ${hint}`,
    says: saying(key, figures),
  };
}

/** The parameter that was probably meant: `tuning_epochs` or `first.epochs` for `epochs` and `epoch`, else the nearest. */
export function nearestParameter(name: string, read: readonly string[]): string | null {
  const own = nearest(name, read);
  if (own !== null) return own;
  const endOf = (one: string) => one.replace(/^(?:.*\.|tuning_)/, "");
  // Of equally near ones, the first: those without a group come before those in one.
  const sorted = [...read].sort((a, b) => a.split(".").length - b.split(".").length);
  const end = nearest(endOf(name), sorted.map(endOf));
  return end === null ? null : (sorted.find((one) => endOf(one) === end) ?? null);
}

/**
 * Returns the datasets that the nodes read and none of them outputs, and that are not kept: a run cannot load them.
 * @param isKept whether a dataset is stored, so that it can exist before the run.
 */
export function lackingInputs(nodes: readonly NodeInputs[], isKept: (name: string) => boolean): string[] {
  const made = new Set(nodes.flatMap(({ outputs }) => outputs));
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  const isDataset = (name: string) => name !== ALL && !name.startsWith(PREFIX);
  return [...read].filter((name) => isDataset(name) && !made.has(name) && !isKept(name));
}

/**
 * Returns the problem of nodes that cannot be run on their own; null when they can.
 * @param lacking of `lackingInputs`.
 * @param instead pipelines that have these nodes and those that make what is lacking.
 */
export function lackingProblem(
  { pipeline, isPart }: NodesToRun,
  lacking: readonly string[],
  instead: readonly string[],
): ParamProblem | null {
  if (lacking.length === 0) return null;
  const names = lacking.slice(0, MOST_LISTED).join(", ") + (lacking.length > MOST_LISTED ? ", ..." : "");
  const others = instead.join(", ");
  const reason = `it reads ${names}, which none of its nodes makes and the catalog does not store`;
  const figures = { pipeline, names, instead: others };
  const message = isPart
    ? `Cannot start this part of pipeline ${pipeline}: ${reason}. Run the whole pipeline, or more of it`
    : instead.length === 0
      ? `Cannot start pipeline ${pipeline}: ${reason}. Add them to catalog.yml, so that they are stored`
      : `Cannot start pipeline ${pipeline} alone: ${reason}. Run ${others} instead`;
  const key = isPart ? "lackingPart" : instead.length === 0 ? "lacking" : "lackingInstead";
  return { name: null, message, says: saying(key, figures) };
}
