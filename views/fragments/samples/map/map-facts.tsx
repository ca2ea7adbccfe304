/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../../i18n/text.ts";

/** The newest map: its run, model and drawings, and the changes since. */
export interface MapFacts {
  runId: string;
  /** ISO 8601, UTC: when it was made. */
  at: string;
  /** Null where the run has no record of it. */
  modelVersion: number | null;
  /** Drawings on it, and those that there were. */
  n: number;
  total: number;
  /** Drawings that arrived since; drawings on it that were deleted or withdrawn since. */
  added: number;
  gone: number;
  /** Drawings on it that are left, by label; null is none of the classes. */
  counts: ReadonlyMap<string | null, number>;
}

/** Of which model, how many drawings and when the map is, what has changed since, and what removes it. */
export function MapFactsView({
  text,
  map,
  liveVersion,
}: {
  text: Text;
  map: MapFacts;
  liveVersion: number | null;
}) {
  const { t, number } = text;
  const { n, total, added, gone, modelVersion } = map;
  const isOther = modelVersion !== null && liveVersion !== null && modelVersion !== liveVersion;
  const since = [
    added === 0 ? null : t("map.added", { n: number(added) }),
    gone === 0 ? null : t("map.gone", { n: number(gone) }),
    isOther ? t("map.otherModel", { version: liveVersion }) : null,
  ].filter((words) => words !== null);
  return (
    <div class="map-facts small">
      <p>
        {t(n === total ? "map.ofAll" : "map.ofSome", { n: number(n), total: number(total) })}
        {" · "}
        {modelVersion === null ? null : (
          <>
            <a href={`/models/${modelVersion}`}>{t("models.name", { version: modelVersion })}</a>
            {" · "}
          </>
        )}
        <a href={`/runs/${encodeURIComponent(map.runId)}`}>
          <time datetime={map.at}>{text.dateTime(map.at)}</time>
        </a>
      </p>
      <p class="soft">{[...since, t("map.forgetting")].join(text.language === "ja" ? "" : " ")}</p>
      <p id="map-fresh" hidden>
        <a class="button" href="/samples/map">
          {t("map.fresh")}
        </a>
      </p>
    </div>
  );
}
