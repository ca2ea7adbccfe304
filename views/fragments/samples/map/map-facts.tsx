/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../../i18n/text.ts";
import type { MapFacts } from "../../../pages/lineage/samples-map.tsx";

/** Of which model, how many drawings and when the map is, and what has changed since. */
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
      {since.length === 0 ? null : <p class="soft">{since.join(" ")}</p>}
      <p id="map-fresh" hidden>
        <a class="button" href="/samples/map">
          {t("map.fresh")}
        </a>
      </p>
    </div>
  );
}
