import { DEFAULT_PIPELINE } from "../domain/pipeline-names.ts";
import type { ElementKind } from "./elements.ts";

/** Direction in which a focus reaches from its element. */
export type Reach = "both" | "up" | "down";

/** Direction of the flow of data on the picture: top to bottom, or left to right. */
export type Orientation = "down" | "right";

/** The state of a picture that its address contains. */
export interface GraphQuery {
  pipeline: string;
  /** Shows only nodes with one of these tags; all when empty. */
  tags: readonly string[];
  kinds: readonly FilterKind[];
  /** Whether layers are shown, as bands. */
  hasLayers: boolean;
  orientation: Orientation;
  /** Whether a picture of very many nodes is drawn; otherwise the pipeline is shown as a list. */
  isDrawn: boolean;
  /** Number of nodes and of datasets that a long list leaves out at its start. */
  listedFrom: number;
  /** Keys of elements that are hidden individually. */
  hidden: readonly string[];
  /** Key of an element: shows only it and the elements that it depends on (up), that depend on it (down), or both. */
  focus: string | null;
  reach: Reach;
  /** Namespaces whose content is shown. */
  expanded: readonly string[];
  selected: string | null;
  search: string;
  /** The id of a run, or NO_RUN; null follows the newest. */
  run: string | null;
  /** Number of frames of the run that are shown; null for all. */
  at: number | null;
}

/** The value of `run` that shows no run. */
export const NO_RUN = "none";

/** Kinds that can be filtered. */
export type FilterKind = Exclude<ElementKind, "namespace">;
/** All kinds that can be filtered, in the order of the page. */
export const FILTER_KINDS: readonly FilterKind[] = ["node", "dataset", "parameter"];
/** Kinds that are shown by default, without parameters, because they are many and rarely of interest. */
export const DEFAULT_KINDS: readonly FilterKind[] = ["node", "dataset"];
const REACHES: readonly Reach[] = ["both", "up", "down"];
/** Upper limit of values per list; more can only be a mistake or an attack. */
const MAX_LIST = 500;

/** The default query of a pipeline. */
export function emptyQuery(pipeline: string): GraphQuery {
  return {
    pipeline,
    tags: [],
    kinds: DEFAULT_KINDS,
    hasLayers: true,
    orientation: "down",
    isDrawn: false,
    listedFrom: 0,
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

/**
 * Parses an address. Ignores invalid values.
 * @param pipelines existing ones.
 * @param usual     the one that replaces none or an unknown one; `__default__`, or the first, where it does not exist.
 */
export function parseQuery(
  params: URLSearchParams,
  pipelines: readonly string[],
  usual: string = DEFAULT_PIPELINE,
): GraphQuery {
  const asked = [params.get("pipeline"), usual, DEFAULT_PIPELINE];
  const query = emptyQuery(
    asked.find((name) => name !== null && pipelines.includes(name)) ?? pipelines[0] ?? "",
  );
  const list = (name: string) =>
    [...new Set(params.getAll(name).filter((value) => value !== ""))].slice(0, MAX_LIST);
  const one = (name: string) => params.get(name) || null;
  const kinds = FILTER_KINDS.filter((kind) => params.getAll("kind").includes(kind));
  return {
    ...query,
    tags: list("tag"),
    kinds: kinds.length === 0 ? DEFAULT_KINDS : kinds,
    hasLayers: params.get("layers") !== "off",
    orientation: params.get("orientation") === "right" ? "right" : "down",
    isDrawn: params.get("draw") === "on",
    listedFrom: numberIn(params.get("from")) ?? 0,
    hidden: list("hide"),
    focus: one("focus"),
    reach: REACHES.find((reach) => reach === params.get("reach")) ?? "both",
    expanded: list("expand"),
    selected: one("select"),
    search: (params.get("q") ?? "").slice(0, 100),
    run: one("run"),
    at: numberIn(params.get("at")),
  };
}

/** A whole number of at most six digits; null for anything else. */
function numberIn(value: string | null): number | null {
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) : null;
}

/** The parameters of an address, in a fixed order, without defaults. */
export function queryPairs(query: GraphQuery): [name: string, value: string][] {
  const { tags, kinds, hasLayers, orientation, isDrawn, listedFrom, hidden, focus, reach, expanded } = query;
  const { selected, search, run, at } = query;
  const isDefault =
    kinds.length === DEFAULT_KINDS.length && kinds.every((kind) => DEFAULT_KINDS.includes(kind));
  const pairs: [string, string | null][] = [
    ["pipeline", query.pipeline],
    ...tags.map((tag): [string, string] => ["tag", tag]),
    ...(isDefault ? [] : kinds).map((kind): [string, string] => ["kind", kind]),
    ["layers", hasLayers ? null : "off"],
    ["orientation", orientation === "down" ? null : orientation],
    ["draw", isDrawn ? "on" : null],
    ["from", listedFrom === 0 ? null : String(listedFrom)],
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

/** The query string of an address, without "?". */
export function formatQuery(query: GraphQuery): string {
  return new URLSearchParams(queryPairs(query)).toString();
}

/** A key of the layout: two addresses with the same key have the same picture. */
export function pictureKey(query: GraphQuery): string {
  return formatQuery({
    ...query,
    ...{ listedFrom: 0, selected: null, search: "", run: null, at: null },
  });
}

/** The list without the value if it contains it, otherwise with it. */
export function toggled<T>(list: readonly T[], value: T): readonly T[] {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}
