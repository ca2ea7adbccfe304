import { createDatasetFactories, type DatasetDeps } from "../datasets/factories.ts";
import { DataCatalog } from "../engine/catalog/catalog.ts";
import { CatalogEntries } from "../engine/catalog/catalog-entries.ts";
import { isParameter } from "../engine/pipeline/parameters.ts";
import { messageOf } from "../lib/errors.ts";
import type { Project } from "./project.ts";

const unused = () => Promise.reject(new Error("These datasets are only checked"));

/** Creating a dataset opens nothing, so these are never used. */
const UNUSED = {
  store: { samples: {}, models: {} } as DatasetDeps["store"],
  builtinMnist: unused,
  builtinModel: unused,
  runVersion: "",
};

/**
 * Creates every dataset of catalog.yml, and those that dataset factories make for the given names, and forgets them.
 * @returns a message for each that cannot be created, such as for an unknown key of `load_args`, with its place.
 */
export function catalogProblems({ dir, config, credentials }: Project, names: readonly string[]): string[] {
  const { catalog, catalogPlaces, parameters } = config;
  const factories = createDatasetFactories({ ...UNUSED, projectDir: dir, classes: parameters.classes });
  const entries = new CatalogEntries(catalog);
  const problems = [...new Set([...entries.names(), ...names])].flatMap((name) => {
    const entry = isParameter(name) ? null : entries.resolve(name);
    if (entry === null) return [];
    try {
      new DataCatalog({ config: { [name]: entry.config }, factories, parameters: {}, credentials });
      return [];
    } catch (error) {
      return [`${catalogPlaces[entry.pattern ?? name]}: ${messageOf(error)}`];
    }
  });
  return [...new Set(problems)];
}
