/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Run } from "../../../src/domain/runs/run.ts";
import type { Saying } from "../../../src/lib/saying.ts";
import { thrownLines } from "../../../src/lib/thrown-error.ts";
import { sentenceWords } from "../../i18n/saying-words.ts";
import type { Text } from "../../i18n/text.ts";
import { actorWords } from "../actor-words.ts";
import type { RunNode } from "./run-story-props.ts";

/** Why a run failed, or was cancelled and by whom; nothing for any other. */
export function RunEnd(props: {
  text: Text;
  run: Run;
  /** The run's error as data; absent for older runs. */
  failure: Saying | undefined;
  nodes: readonly RunNode[];
}) {
  const { text, run, failure, nodes } = props;
  const { t } = text;
  if (run.error === null) return null;
  const isCancelled = run.status === "cancelled";
  return (
    <section class={isCancelled ? "sheet stack" : "alert"} aria-labelledby="run-error">
      <h2 id="run-error">{t(isCancelled ? "run.cancelled" : "run.error")}</h2>
      <p>{sentenceWords(text, "failure", { message: run.error, says: failure })}</p>
      {isCancelled ? <p>{t("run.cancelledWho", { who: actorWords(text, run.cancelledBy) })}</p> : null}
      <Thrown text={text} nodes={nodes} />
    </section>
  );
}

/** The places in the project's files where nodes failed. */
function Thrown({ text, nodes }: { text: Text; nodes: readonly RunNode[] }) {
  const { t } = text;
  return (
    <>
      {nodes.map(({ name, thrown }) =>
        thrown === undefined ? null : (
          <>
            <h3 class="small">{t("run.thrown", { node: name })}</h3>
            <pre class="command" tabindex={0}>
              <code>{thrownLines(thrown, (error) => t("run.thrown.cause", { error })).join("\n")}</code>
            </pre>
          </>
        ),
      )}
    </>
  );
}
