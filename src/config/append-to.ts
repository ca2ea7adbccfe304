import { nearest } from "../lib/nearest.ts";
import type { Problem } from "./errors.ts";
import type { CatalogConfig, ServerConfig } from "./schema.ts";
import { type Mapping, originAt } from "./tree.ts";

/** Checks that `samples.append_to` of server.yml names a pickle on this machine, which labels can be appended to. */
export function checkAppendTo(
  server: Mapping,
  name: ServerConfig["samples"]["append_to"],
  catalog: CatalogConfig,
  problems: Problem[],
): void {
  if (name === null) return;
  const message = problemOf(name, catalog);
  if (message === null) return;
  problems.push({
    origin: originAt(server, ["samples", "append_to"]),
    message: `samples.append_to: ${message}`,
  });
}

function problemOf(name: string, catalog: CatalogConfig): string | null {
  const entry = Object.hasOwn(catalog, name) ? catalog[name] : undefined;
  if (entry === undefined) {
    const near = nearest(name, Object.keys(catalog));
    return `there is no dataset "${name}" in catalog.yml${near === null ? "" : `. Did you mean "${near}"?`}`;
  }
  if (entry.type !== "pickle")
    return `the dataset "${name}" has the type ${entry.type}; labels are appended to a pickle`;
  return entry.filepath?.includes("://") ? `the file of "${name}" must be on this machine` : null;
}
