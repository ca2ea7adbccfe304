import type { MapRunState } from "../../../../../views/fragments/samples/map/map-run.tsx";
import { sentenceWords } from "../../../../../views/i18n/saying-words.ts";
import type { Text } from "../../../../../views/i18n/text.ts";
import { MAP } from "../../../../domain/pipeline-names.ts";
import { hasEnded } from "../../../../domain/runs/run.ts";
import type { AppDeps } from "../../../deps.ts";
import { failuresOf } from "../../failures.ts";
import type { StoryBook } from "../../status.ts";

/** The newest run that makes a map, as the page shows it. */
export async function mapRun(
  { store }: Pick<AppDeps, "store">,
  stories: StoryBook,
  text: Text,
): Promise<MapRunState> {
  const run = (await store.runs.list({ pipeline: MAP, limit: 1 })).runs[0];
  if (run === undefined) return { state: "none" };
  const { id, error } = run;
  if (!hasEnded(run)) {
    const { nodes, share } = await stories.of(id);
    const done = nodes.filter((node) => node.state === "done" || node.state === "skipped").length;
    return {
      state: "running",
      runId: id,
      share: nodes.length === 0 ? 0 : (done + (share ?? 0)) / nodes.length,
    };
  }
  if (run.status !== "failed") return { state: run.status, runId: id };
  const says = (await failuresOf(store.runs, [run])).get(id);
  const reason = sentenceWords(text, "failure", {
    message: error ?? "",
    ...(says === undefined ? {} : { says }),
  });
  return { state: "failed", runId: id, reason };
}
