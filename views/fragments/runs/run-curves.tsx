/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { hasEnded, type Run } from "../../../src/domain/runs/run.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";
import type { RunNode, RunStoryProps } from "./run-story-props.ts";
import { TrainingCurves } from "./training-curves.tsx";

/** The built-in nodes that report the progress of a training. */
const TRAINING_NODES = ["train_model", "fine_tune", "train_first"];

/** The training curves of a run; one sentence where there are none to show; nothing for a run that does not train. */
export function RunCurves({ text, run, story }: { text: Text; run: Run; story: RunStoryProps }) {
  const { t } = text;
  const isOver = hasEnded(run);
  const hasCurves = [story.losses, story.learningRates, story.speeds, story.epochs].some(
    ({ length }) => length > 0,
  );
  const training = story.nodes.find(isTraining);
  if (!hasCurves && training === undefined) return null;
  return (
    <section class="sheet stack" aria-labelledby="run-curves">
      <h2 id="run-curves">{t("run.curves")}</h2>
      {hasCurves ? (
        <TrainingCurves text={text} {...story} epochCount={story.training?.epochs ?? null} isOver={isOver} />
      ) : (
        <p class="soft">{t(reasonOf(training, isOver))}</p>
      )}
    </section>
  );
}

/** A namespace precedes the name of a node with a dot. */
function isTraining({ name }: RunNode): boolean {
  return TRAINING_NODES.includes(name.slice(name.lastIndexOf(".") + 1));
}

function reasonOf(training: RunNode | undefined, isOver: boolean): MessageKey {
  if (!isOver) return "run.noCurvesYet";
  if (training?.state === "waiting") return "run.notTrained";
  return training?.state === "skipped" ? "run.notTrainedAgain" : "run.noCurves";
}
