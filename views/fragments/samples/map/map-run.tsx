/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../../i18n/text.ts";

/** The newest run that makes a map. */
export type MapRunState =
  | { state: "none" }
  | { state: "done" | "cancelled"; runId: string }
  | { state: "failed"; runId: string; reason: string }
  /** `share` of its work, 0..1. */
  | { state: "running"; runId: string; share: number };

/** The state of that run: the page's stream replaces it while it is open, and the script loads the map when it is done. */
export function MapRun({ text: { t }, run }: { text: Text; run: MapRunState }) {
  if (run.state === "none") return <p class="map-run" />;
  const link = (
    <a href={`/runs/${encodeURIComponent(run.runId)}`} class="small">
      {t("map.run")}
    </a>
  );
  if (run.state === "running") {
    return (
      <p class="map-run" data-run={run.runId} data-state={run.state}>
        <progress class="progress-live" max={1} value={run.share} aria-label={t("map.making")} />
        <span>{t("map.making")}</span> {link}
      </p>
    );
  }
  return (
    <p class="map-run" data-run={run.runId} data-state={run.state}>
      {run.state === "done" ? null : (
        <>
          <span>{run.state === "failed" ? t("map.failed", { reason: run.reason }) : t("map.cancelled")}</span>{" "}
          {link}
        </>
      )}
    </p>
  );
}
