/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { SampleState, Split } from "../../../src/domain/sample.ts";
import { type DrawingCard, DrawingGrid } from "../../fragments/lineage/drawing-grid.tsx";
import { stateWords } from "../../fragments/lineage/label-words.ts";
import { Page, type PageProps } from "../../layout/page.tsx";

/** The filter of the list of drawings. */
export interface SamplesFilter {
  label?: string;
  split?: Split;
  state?: SampleState;
  writer?: string;
}

/** The properties of the page of all drawings. */
export interface SamplesPageProps extends PageProps {
  filter: SamplesFilter;
  classes: readonly string[];
  states: readonly SampleState[];
  drawings: readonly DrawingCard[];
  /** Null at the end. */
  nextCursor: string | null;
  isFirstPage: boolean;
}

const SPLITS = ["train", "holdout"] as const satisfies readonly Split[];

/** The page of all drawings, in pages, with a filter. */
export function SamplesPage(props: SamplesPageProps) {
  const { text, filter, drawings, nextCursor, isFirstPage } = props;
  const { t } = text;
  const here = (cursor?: string) => {
    const query = new URLSearchParams({ ...filter, ...(cursor === undefined ? {} : { cursor }) });
    return query.size === 0 ? "/samples" : `/samples?${query}`;
  };
  return (
    <Page {...props} title={t("samples.title")}>
      <div class="page-head">
        <div>
          <h1>{t("samples.title")}</h1>
          <p>{t("samples.lead")}</p>
        </div>
        {filter.writer === undefined ? null : (
          <a
            class="button button-grave"
            href={`/samples/forget?${new URLSearchParams({ writer: filter.writer })}`}
          >
            {t("samples.forget")}
          </a>
        )}
      </div>
      <div class="stack">
        <Filter {...props} />
        {drawings.length === 0 ? (
          <p class="sheet soft">{t("samples.none")}</p>
        ) : (
          <>
            <DrawingGrid text={text} drawings={drawings} />
            <p class="small soft">{t("samples.shown", { n: drawings.length })}</p>
          </>
        )}
        {nextCursor === null && isFirstPage ? null : (
          <p class="pager">
            {isFirstPage ? null : (
              <a class="button" href={here()}>
                {t("samples.newest")}
              </a>
            )}
            {nextCursor === null ? null : (
              <a class="button" href={here(nextCursor)}>
                {t("samples.older")}
              </a>
            )}
          </p>
        )}
      </div>
    </Page>
  );
}

function Filter({ text, filter, classes, states }: SamplesPageProps) {
  const { t } = text;
  return (
    <form class="sheet filter-form" method="get" action="/samples" aria-label={t("samples.filter")}>
      <Choice
        name="label"
        label={t("samples.label")}
        all={t("samples.all")}
        options={classes.map((name) => [name, name] as const)}
        chosen={filter.label}
      />
      <Choice
        name="split"
        label={t("samples.split")}
        all={t("samples.all")}
        options={SPLITS.map((split) => [split, t(`samples.split.${split}`)] as const)}
        chosen={filter.split}
      />
      <Choice
        name="state"
        label={t("samples.state")}
        all={t("samples.all")}
        options={states.map((state) => [state, stateWords(text, state)] as const)}
        chosen={filter.state}
      />
      <div class="field">
        <label for="filter-writer">{t("samples.writer")}</label>
        <input
          id="filter-writer"
          name="writer"
          value={filter.writer ?? ""}
          maxlength={200}
          autocomplete="off"
        />
      </div>
      <button class="button button-main" type="submit">
        {t("samples.apply")}
      </button>
      <a class="button" href="/samples">
        {t("samples.reset")}
      </a>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  /** The option that filters nothing. */
  all: string;
  options: readonly (readonly [value: string, words: string])[];
  chosen: string | undefined;
}

function Choice({ name, label, all, options, chosen }: ChoiceProps) {
  return (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} name={name}>
        <option value="">{all}</option>
        {options.map(([value, words]) => (
          <option value={value} selected={value === chosen}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
