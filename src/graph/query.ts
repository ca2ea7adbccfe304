import { DEFAULT_PIPELINE } from "../domain/pipeline-names.ts";
import type { ElementKind } from "./elements.ts";

/** How far a focus reaches from its element. */
export type Reach = "both" | "up" | "down";

/** Everything that the address of a picture says. */
export interface GraphQuery {
  pipeline: string;
  /** Only nodes with one of them; all when empty. */
  tags: readonly string[];
  kinds: readonly FilterKind[];
  /** Whether layers are shown, as bands. */
  hasLayers: boolean;
  /** Keys of elements that are left out one by one. */
  hidden: readonly string[];
  /** The key of an element: only it and what it depends on (up), what depends on it (down), or both. */
  focus: string | null;
  reach: Reach;
  /** Namespaces whose content is shown. */
  expanded: readonly string[];
  selected: string | null;
  search: string;
  /** The id of a run, or NO_RUN; null for the newest, which is followed. */
  run: string | null;
  /** How many frames of the run are shown; null for all. */
  at: number | null;
}

export const NO_RUN = "none";

export type FilterKind = Exclude<ElementKind, "namespace">;
export const FILTER_KINDS: readonly FilterKind[] = ["node", "dataset", "parameter"];
/** Parameters are many and rarely what one looks for. */
export const DEFAULT_KINDS: readonly FilterKind[] = ["node", "dataset"];
const REACHES: readonly Reach[] = ["both", "up", "down"];
/** More can only be a mistake or an attack. */
const MAX_LIST = 500;

export function emptyQuery(pipeline: string): GraphQuery {
  return {
    pipeline,
    tags: [],
    kinds: DEFAULT_KINDS,
    hasLayers: true,
    hidden: [],
    focus: null,
    reach: "both",
    expanded: [],
    selected: null,
    search: "",
    run: null,
    at: null,
  };
}

/** @param pipelines that there are; an unknown one counts as the first. What else cannot be read is left out. */
export function parseQuery(params: URLSearchParams, pipelines: readonly string[]): GraphQuery {
  const asked = params.get("pipeline") ?? "";
  const fallback = pipelines.includes(DEFAULT_PIPELINE) ? DEFAULT_PIPELINE : (pipelines[0] ?? "");
  const query = emptyQuery(pipelines.includes(asked) ? asked : fallback);
  const list = (name: string) =>
    [...new Set(params.getAll(name).filter((value) => value !== ""))].slice(0, MAX_LIST);
  const one = (name: string) => params.get(name) || null;
  const kinds = FILTER_KINDS.filter((kind) => params.getAll("kind").includes(kind));
  const at = one("at");
  return {
    ...query,
    tags: list("tag"),
    kinds: kinds.length === 0 ? DEFAULT_KINDS : kinds,
    hasLayers: params.get("layers") !== "off",
    hidden: list("hide"),
    focus: one("focus"),
    reach: REACHES.find((reach) => reach === params.get("reach")) ?? "both",
    expanded: list("expand"),
    selected: one("select"),
    search: (params.get("q") ?? "").slice(0, 100),
    run: one("run"),
    at: at !== null && /^\d{1,6}$/.test(at) ? Number(at) : null,
  };
}

/** The parts of an address, in a fixed order, without what goes without saying. */
export function queryPairs(query: GraphQuery): [name: string, value: string][] {
  const { tags, kinds, hasLayers, hidden, focus, reach, expanded, selected, search, run, at } = query;
  const isDefault =
    kinds.length === DEFAULT_KINDS.length && kinds.every((kind) => DEFAULT_KINDS.includes(kind));
  const pairs: [string, string | null][] = [
    ["pipeline", query.pipeline],
    ...tags.map((tag): [string, string] => ["tag", tag]),
    ...(isDefault ? [] : kinds).map((kind): [string, string] => ["kind", kind]),
    ["layers", hasLayers ? null : "off"],
    ...hidden.map((id): [string, string] => ["hide", id]),
    ...expanded.map((name): [string, string] => ["expand", name]),
    ["focus", focus],
    ["reach", focus === null || reach === "both" ? null : reach],
    ["select", selected],
    ["q", search === "" ? null : search],
    ["run", run],
    ["at", at === null ? null : String(at)],
  ];
  return pairs.filter((pair): pair is [string, string] => pair[1] !== null);
}

export function formatQuery(query: GraphQuery): string {
  return new URLSearchParams(queryPairs(query)).toString();
}

/** What decides the layout: two addresses with the same key give the same picture. */
export function pictureKey(query: GraphQuery): string {
  return formatQuery({ ...query, selected: null, search: "", run: null, at: null });
}

/** The list without the value if it was in, else with it. */
export function toggled<T>(list: readonly T[], value: T): readonly T[] {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}
