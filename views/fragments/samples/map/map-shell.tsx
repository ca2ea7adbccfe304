/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { MAX_SELECTED } from "../../../../src/domain/samples/sheet/sheet-store.ts";
import { NONE_SIGN, signOf } from "../../../assets/map/paint-map.ts";
import type { Text } from "../../../i18n/text.ts";

/** Colours of labels; beyond them they repeat, and the sign alone tells labels apart. */
const COLOURS = 10;

/** The map with its buttons, its legend and the drawing of the current point. The script fills it. */
export function MapShell({
  text,
  classes,
  counts,
  preprocessing,
}: {
  text: Text;
  classes: readonly string[];
  counts: ReadonlyMap<string | null, number>;
  preprocessing: number;
}) {
  const { t, number } = text;
  const texts = {
    none: t("sheet.none"),
    card: t("map.card"),
    cardWrong: t("map.cardWrong"),
    cardNone: t("map.cardNone"),
    inBox: t("map.inBox"),
    selected: t("map.selected"),
    nothing: t("map.nothing"),
    loading: t("map.loading"),
    failed: t("map.pointsFailed"),
    tooMany: t("map.tooMany", { most: number(MAX_SELECTED) }),
  };
  return (
    <section class="map-shell" aria-label={t("map.title")}>
      <fieldset class="map-tools" aria-label={t("map.tools")}>
        <Tool name="lasso" words={t("map.lasso")} isPressed />
        <Tool name="pan" words={t("map.pan")} isPressed={false} />
        <span class="map-zoom">
          <Tool name="in" words={t("map.zoomIn")} sign="+" />
          <Tool name="out" words={t("map.zoomOut")} sign="−" />
          <Tool name="fit" words={t("map.fit")} />
        </span>
        <Tool name="wrong" words={t("map.wrong")} isPressed />
      </fieldset>
      <div class="map-body">
        <div
          id="map"
          class="map"
          role="application"
          tabindex={0}
          aria-label={t("map.title")}
          aria-describedby="map-hint"
          data-mode="lasso"
          data-texts={JSON.stringify(texts)}
        >
          <canvas />
        </div>
        <div id="map-card" class="map-card" data-preprocessing={preprocessing}>
          <span class="map-picture" aria-hidden="true" />
          <p class="small">
            <span class="map-words">{t("map.cardHint")}</span>{" "}
            <a href="/samples" hidden>
              {t("sheet.open")}
            </a>
          </p>
        </div>
      </div>
      <fieldset class="map-legend" aria-label={t("map.legend")}>
        {[...classes, null].map((name, k) => (
          <button
            class={`chip map-label map-${name === null ? "none" : k % COLOURS}`}
            type="button"
            data-map="label"
            data-label={name === null ? -1 : k}
            aria-pressed="true"
          >
            <b>{name === null ? NONE_SIGN : signOf(name)}</b>
            {name === null ? (
              <span>{t("sheet.none")}</span>
            ) : signOf(name) === name ? null : (
              <span>{name}</span>
            )}{" "}
            <span class="map-count soft">{number(counts.get(name) ?? 0)}</span>
          </button>
        ))}
      </fieldset>
      <p id="map-hint" class="small soft">
        {t("map.hint")}
      </p>
      <p id="map-live" class="unseen" role="status" aria-live="polite" />
    </section>
  );
}

function Tool({
  name,
  words,
  sign,
  isPressed,
}: {
  name: string;
  words: string;
  sign?: string;
  isPressed?: boolean;
}) {
  return (
    <button
      class="button"
      type="button"
      data-map={name}
      {...(isPressed === undefined ? {} : { "aria-pressed": String(isPressed) })}
      {...(sign === undefined ? {} : { "aria-label": words, title: words })}
    >
      {sign ?? words}
    </button>
  );
}
