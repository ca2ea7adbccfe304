import type { Log } from "../lib/log.ts";
import { type ProjectPipelines, projectPipelines } from "../project/project-pipelines.ts";
import { userPipelineNames } from "../project/user-pipelines.ts";

/**
 * What a server can run. It loads the project's code only when it was allowed to, and says so, and what is broken;
 * when it was not, it says that there are pipelines that it leaves alone.
 */
export async function pipelinesToServe(
  projectDir: string,
  canLoadCode: boolean,
  log: Log,
): Promise<ProjectPipelines> {
  const all = await projectPipelines({ projectDir, canLoadCode });
  if (canLoadCode) {
    const names = Object.keys(all.files).join(", ") || "none";
    log.info(
      `--load-code: this server runs the code in src/pipelines of the project. Its pipelines: ${names}`,
    );
    for (const { name, problem } of all.broken) log.warning(`Pipeline "${name}" is left out: ${problem}`);
  } else {
    const names = (await userPipelineNames(projectDir)).join(", ");
    if (names !== "") log.info(`Left alone: pipelines of the project (${names}). To serve them: --load-code`);
  }
  return all;
}
