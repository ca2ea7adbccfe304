import { messageOf, UsageError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/nearest.ts";
import { datasetOf } from "../pipeline/transcoding.ts";
import type { DatasetConfig } from "./dataset.ts";
import { byRank, DatasetPattern, isPattern } from "./dataset-pattern.ts";

/** The configuration from which a dataset is created. */
export interface CatalogEntry {
  config: DatasetConfig;
  /** The dataset factory that matched the name; null when catalog.yml names the dataset itself. */
  pattern: string | null;
}

/**
 * The entries of catalog.yml: datasets by name, and dataset factories (`"{name}_data"`) for all other names.
 * Pure: no dataset is created or opened.
 */
export class CatalogEntries {
  readonly #named = new Map<string, DatasetConfig>();
  /** The first form (`ink@csv`) of each dataset that is named, by dataset. */
  readonly #forms = new Map<string, string>();
  /** In order of rank: the first pattern that matches a name applies. */
  readonly #patterns: { pattern: DatasetPattern; config: DatasetConfig }[] = [];

  /** @throws UsageError naming every malformed pattern, unknown placeholder, and a second catch-all pattern. */
  constructor(config: Readonly<Record<string, DatasetConfig>>) {
    const problems: string[] = [];
    for (const [name, entry] of Object.entries(config)) {
      if (!isPattern(name)) {
        this.#named.set(name, entry);
        if (!this.#forms.has(datasetOf(name))) this.#forms.set(datasetOf(name), name);
        continue;
      }
      try {
        const pattern = new DatasetPattern(name);
        checkPlaceholders(entry, pattern);
        this.#patterns.push({ pattern, config: entry });
      } catch (error) {
        problems.push(`Dataset factory "${name}": ${messageOf(error)}`);
      }
    }
    this.#patterns.sort((a, b) => byRank(a.pattern, b.pattern));
    const catchAll = this.#patterns.filter(({ pattern }) => pattern.isCatchAll);
    if (catchAll.length > 1) {
      const names = catchAll.map(({ pattern }) => `"${pattern.text}"`).join(", ");
      problems.push(`There are ${catchAll.length} catch-all dataset factories (${names}). Keep one`);
    }
    if (problems.length > 0) throw new UsageError(problems.join("\n"));
  }

  /** The datasets that catalog.yml names, in its order. */
  names(): string[] {
    return [...this.#named.keys()];
  }

  /** The dataset factories, in the order in which they are tried; a catch-all comes last. */
  patterns(): string[] {
    return this.#patterns.map(({ pattern }) => pattern.text);
  }

  /**
   * Returns the entry that represents a dataset in graphs: its own, otherwise that of its first form (`ink@csv`) in
   * the catalog.
   * @param name the dataset's name, without a form.
   */
  ofDataset(name: string): CatalogEntry | null {
    return this.resolve(this.#forms.get(name) ?? name);
  }

  /** Returns a dataset's own entry, otherwise that of the first matching dataset factory; null without either. */
  resolve(name: string): CatalogEntry | null {
    const named = this.#named.get(name);
    if (named !== undefined) return { config: named, pattern: null };
    for (const { pattern, config } of this.#patterns) {
      const values = pattern.match(name);
      if (values !== null)
        return { config: filledIn(config, values) as DatasetConfig, pattern: pattern.text };
    }
    return null;
  }
}

/** Returns the layer that an entry sets (`metadata.kedro-viz.layer`), or null. */
export function layerOf(config: DatasetConfig): string | null {
  const viz = config.metadata?.["kedro-viz"];
  if (typeof viz !== "object" || viz === null || !("layer" in viz)) return null;
  return typeof viz.layer === "string" && viz.layer !== "" ? viz.layer : null;
}

/** Replaces `{placeholder}` in every string, at every depth. Other braces are left unchanged. */
function filledIn(value: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") {
    return value.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? values[name]! : whole,
    );
  }
  if (Array.isArray(value)) return value.map((item) => filledIn(item, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filledIn(inner, values)]));
}

function checkPlaceholders(value: unknown, pattern: DatasetPattern): void {
  if (typeof value === "string") {
    for (const [whole, name] of value.matchAll(/\{(\w+)\}/g)) {
      if (pattern.placeholders.includes(name!)) continue;
      const hint = didYouMean(name!, pattern.placeholders);
      throw new UsageError(`"${whole}" of "${value}" is not in the factory's name${hint}`);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) checkPlaceholders(inner, pattern);
  }
}
