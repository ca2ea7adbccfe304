/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { DataVersion } from "../../../src/domain/lineage/run-data.ts";
import type { Text } from "../../i18n/text.ts";
import { type DrawingCard, DrawingGrid } from "./drawing-grid.tsx";

/** The drawings that a run, or the model that it made, was trained on. */
export interface TrainedOnProps {
  text: Text;
  /** Null for a model that was made by no run. */
  runId: string | null;
  /** Null when the run has recorded none. */
  data: DataVersion | null;
  /** The first drawings that were trained on. */
  drawings: readonly DrawingCard[];
  /** The version that the model was fine-tuned from; null when it has none, and of a run. */
  parentVersion: number | null;
}

/** The drawings behind a model or a run: how many, some of them, and the way to all of them. */
export function TrainedOn({ text, runId, data, drawings, parentVersion }: TrainedOnProps) {
  const { t } = text;
  return (
    <section class="sheet" aria-labelledby="trained-on-title">
      <h2 id="trained-on-title">{t("trainedOn.title")}</h2>
      <div class="stack">
        {runId === null ? (
          <p>{t("trainedOn.base")}</p>
        ) : data === null ? (
          <p class="soft">{t("trainedOn.unknown")}</p>
        ) : isEmpty(data) ? (
          <p>{t("trainedOn.none")}</p>
        ) : (
          <>
            <p>
              {t("trainedOn.counts", {
                train: text.number(data.counts.train),
                valid: text.number(data.counts.valid),
                holdout: text.number(data.counts.holdout),
              })}{" "}
              <span class="soft">
                {t("runData.version")} <code>{data.sha256.slice(0, 12)}</code>
              </span>
            </p>
            {drawings.length === 0 ? null : <DrawingGrid text={text} drawings={drawings} />}
            <p>
              <a class="button" href={`/runs/${encodeURIComponent(runId)}/data`}>
                {t("runData.open")}
              </a>
            </p>
          </>
        )}
        {parentVersion === null ? null : (
          <p class="soft">
            <a href={`/models/${parentVersion}`}>
              {t("trainedOn.inherited", { model: t("models.name", { version: parentVersion }) })}
            </a>
          </p>
        )}
      </div>
    </section>
  );
}

function isEmpty({ counts }: DataVersion): boolean {
  return Object.values(counts).every((n) => n === 0);
}
