/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { tileOf } from "../fragments/grid/grid-cells.tsx";
import { type GridSource, gridPath } from "../fragments/grid/grid-path.ts";
import { actWords } from "../fragments/grid/grid-texts.ts";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the question about odd drawings. */
export interface GridOddPageProps extends PageProps {
  classes: readonly string[];
  /** The class that they are not. */
  label: string;
  /** All drawings of the page, in the order of the sprite. */
  shown: readonly string[];
  /** Those that were marked. */
  odd: readonly string[];
  /** Address of the style that shows the drawings. */
  style: string;
  source: GridSource;
  /** To whom drawings without a label belong; null for stored labels. */
  labeller: string | null;
}

/** Asks what the marked drawings of a page are, where there is no script that asks on the page itself. */
export function GridOddPage(props: GridOddPageProps) {
  const { text, classes, label, shown, odd, source, labeller } = props;
  const { t } = text;
  const words = actWords(text, source, label);
  return (
    <Page {...props} title={t("grid.title")}>
      <div class="page-head">
        <div>
          <h1>{t("grid.askEach")}</h1>
          <p>{words.askText}</p>
        </div>
      </div>
      <form class="stack grid-odd" method="post" action="/label/grid">
        <link rel="stylesheet" href={props.style} />
        <input type="hidden" name="source" value={source} />
        {labeller === null ? null : <input type="hidden" name="labeller" value={labeller} />}
        <input type="hidden" name="label" value={label} />
        <input type="hidden" name="shown" value={shown.join(" ")} />
        <ul class="grid-odd-list">
          {odd.map((id, n) => (
            <li>
              <input type="hidden" name={`odd.${id}`} value="on" />
              <span class={tileOf(shown.indexOf(id))} aria-hidden="true" />
              <select name={`to.${id}`} aria-label={t("grid.askDecision", { n: text.number(n + 1) })}>
                <option value="review">{words.leave}</option>
                {classes
                  .filter((name) => name !== label)
                  .map((name) => (
                    <option value={`label:${name}`}>{name}</option>
                  ))}
                <option value="none">{t("draw.none")}</option>
                <option value="withdraw">{words.withdraw}</option>
              </select>
            </li>
          ))}
        </ul>
        <p class="page-acts">
          <button class="button button-main" type="submit">
            {words.askStore}
          </button>
          <a class="button" href={gridPath(label, null, source)}>
            {t("grid.back")}
          </a>
        </p>
      </form>
    </Page>
  );
}
