/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { MAX_SELECTED, type SampleAction } from "../../../src/domain/samples/sheet/sheet-store.ts";
import { type MapFacts, MapFactsView } from "../../fragments/samples/map/map-facts.tsx";
import { MapHelp } from "../../fragments/samples/map/map-help.tsx";
import { MapRun, type MapRunState } from "../../fragments/samples/map/map-run.tsx";
import { MapShell } from "../../fragments/samples/map/map-shell.tsx";
import { SheetBar } from "../../fragments/samples/sheet-bar.tsx";
import { SheetActions, SheetSaidLine } from "../../fragments/samples/sheet-said.tsx";
import type { Text } from "../../i18n/text.ts";
import { Page, type PageProps } from "../../layout/page.tsx";

/** The properties of the page of the map. */
export interface MapPageProps extends PageProps {
  /** Null before the first one, and when its file is gone, as it is once a drawing on it was forgotten. */
  map: MapFacts | null;
  run: MapRunState;
  /** Null without a model. */
  liveVersion: number | null;
  /** Drawings that would be on a map that is made now, and how many it needs. */
  inUse: number;
  least: number;
  classes: readonly string[];
  actions: readonly SampleAction[];
  /** The `PREPROCESSING_VERSION` of the images. */
  preprocessing: number;
  /** Why the last request failed. */
  problem: string | null;
}

/** The drawings as a map, on which some are selected to change their labels. */
export function MapPage(props: MapPageProps) {
  const { text, map, classes, run, liveVersion, inUse, least } = props;
  const { t, number } = text;
  const canMake = liveVersion !== null && inUse >= least;
  return (
    <Page {...props} title={t("map.title")} isMap>
      <a class="back" href="/samples">
        ← {t("samples.title")}
      </a>
      <div class="page-head">
        <div>
          <h1>{t("map.title")}</h1>
          <p>{t("map.lead")}</p>
        </div>
        <div class="page-acts">
          {canMake ? <Make text={text} isAgain={map !== null} /> : null}
          <button class="button" type="button" data-do="help" hidden>
            {t("draw.help")}
          </button>
        </div>
      </div>
      <div class="stack">
        {props.problem === null ? null : (
          <p class="alert" role="alert">
            {props.problem}
          </p>
        )}
        <div id="map-run" aria-live="polite" hx-sse:connect="/events?view=map" hx-swap="innerMorph">
          <MapRun text={text} run={run} />
        </div>
        {map === null ? (
          <p class="sheet soft">
            {liveVersion === null
              ? t("map.noModel")
              : inUse < least
                ? t("map.few", { n: number(inUse), needed: least })
                : t(run.state === "done" ? "map.lost" : "map.none")}
          </p>
        ) : (
          <>
            <MapFactsView text={text} map={map} liveVersion={liveVersion} />
            <noscript>
              <p class="alert">
                {t("map.noScript")} <a href="/samples">{t("samples.title")}</a>
              </p>
            </noscript>
            <MapShell text={text} classes={classes} counts={map.counts} preprocessing={props.preprocessing} />
            <div>
              <div class="sheet-head">
                <h2>{t("map.selection")}</h2>
                <SheetSaidLine text={text} said={null} />
              </div>
              <SheetActions text={text} actions={props.actions} />
            </div>
            <Selection text={text} classes={classes} />
          </>
        )}
      </div>
      <MapHelp text={text} classes={classes} />
    </Page>
  );
}

function Make({ text: { t }, isAgain }: { text: Text; isAgain: boolean }) {
  return (
    <form method="post" action="/samples/map">
      <button class={isAgain ? "button" : "button button-main"} type="submit">
        {t(isAgain ? "map.makeAgain" : "map.make")}
      </button>
    </form>
  );
}

/** The selection of the map as a contact sheet, with its actions. */
function Selection({ text, classes }: { text: Text; classes: readonly string[] }) {
  const { t, number } = text;
  return (
    <>
      <div
        id="sheet"
        class="cells"
        role="listbox"
        aria-multiselectable="true"
        aria-label={t("map.selection")}
        data-classes={JSON.stringify(classes)}
        data-texts={JSON.stringify({
          tooMany: t("map.tooMany", { most: number(MAX_SELECTED), n: number(MAX_SELECTED) }),
          failed: t("sheet.failed"),
          busy: t("sheet.busy"),
          nothingToUndo: t("sheet.nothingToUndo"),
        })}
        hidden
      />
      <SheetBar text={text} classes={classes} fields={{}} total={0} arrivedBy={null} isListed />
    </>
  );
}
