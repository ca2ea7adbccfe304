import type { Config } from "../config/load.ts";
import { pathWithin } from "../datasets/files/paths.ts";
import { type SamplesPickleOptions, writeSamplesPickle } from "../datasets/samples-pickle.ts";
import type { Store } from "../domain/store.ts";

/** The project whose file is written. */
interface Place {
  /** Absolute. */
  dir: string;
  config: Config;
}

/**
 * Writes the labelled samples to the pickle that `samples.append_to` of server.yml names, if it names one.
 * @throws UsageError when the file has drawings that are not in the store.
 */
export async function appendLabels(project: Place, store: Pick<Store, "samples">): Promise<void> {
  const options = pickleOf(project, store);
  if (options !== null) await writeSamplesPickle(options);
}

function pickleOf(project: Place, { samples }: Pick<Store, "samples">): SamplesPickleOptions | null {
  const { server, catalog, parameters } = project.config;
  const name = server.samples.append_to;
  const filepath = name === null ? undefined : catalog[name]?.filepath;
  if (filepath === undefined) return null;
  return { path: pathWithin(project.dir, filepath), filepath, samples, classes: parameters.classes };
}
