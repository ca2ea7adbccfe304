import { UsageError } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import {
  type PipelineSources,
  type ProjectPipelines,
  pipelineNamed,
  projectPipelines,
} from "../project/project-pipelines.ts";
import { userPipelineNames } from "../project/user-pipelines.ts";

/**
 * Checks the pipeline to show first.
 * @param own the names of the project's own pipelines, loaded or not.
 * @throws UsageError when it is not loaded, with the flag that loads it, or does not exist.
 */
export function requireShown(
  all: ProjectPipelines,
  shown: string | null | undefined,
  own: readonly string[],
): void {
  if (shown === undefined || shown === null) return;
  const isLeftOut = own.includes(shown) && !Object.hasOwn(all.pipelines, shown) && all.broken.length === 0;
  if (isLeftOut)
    throw new UsageError(
      `Pipeline "${shown}" is one of the project's own, whose code is not loaded. Add --load-code`,
    );
  pipelineNamed(all, shown);
}

/**
 * Returns the pipelines that the server can run. The project's code is loaded only with `canLoadCode`; it then prints
 * that, and which pipelines are broken. Otherwise it prints which of the project's pipelines are ignored.
 */
export async function pipelinesToServe(
  sources: Pick<PipelineSources, "projectDir" | "initialModel">,
  canLoadCode: boolean,
  log: Log,
): Promise<ProjectPipelines> {
  const all = await projectPipelines({ ...sources, canLoadCode });
  if (canLoadCode) {
    const names = Object.keys(all.files).join(", ") || "none";
    log.info(`--load-code: this server runs the project's code in src/pipelines. Pipelines: ${names}`);
    for (const { name, problem } of all.broken) log.warning(`pipeline "${name}" is left out: ${problem}`);
  } else {
    const names = (await userPipelineNames(sources.projectDir)).join(", ");
    if (names !== "")
      log.warning(`the project's own pipelines (${names}) are left out; --load-code serves them`);
  }
  return all;
}
