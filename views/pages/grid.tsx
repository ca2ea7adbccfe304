/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { GridHelp } from "../fragments/grid/grid-help.tsx";
import { Grid, type GridProps } from "../fragments/grid/grid-view.tsx";
import { QueueTabs } from "../fragments/review/queue-tabs.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of grid review. */
export interface GridPageProps extends PageProps {
  grid: Omit<GridProps, "text">;
}

/** Many drawings of one class at once: the odd ones are marked, the others confirmed. Works without script. */
export function GridPage(props: GridPageProps) {
  const { text, grid } = props;
  const { t } = text;
  const { source } = grid.shown;
  return (
    <Page {...props} title={t("grid.title")} isGrid>
      <QueueTabs
        text={text}
        current="grid"
        counts={{ review: props.inReview ?? 0, unlabelled: props.strip?.unlabelled ?? 0 }}
      />
      <div class="page-head">
        <div>
          <h1>{t("grid.title")}</h1>
          <p>{t(source === "unlabelled" ? "grid.pool.lead" : "grid.lead")}</p>
        </div>
      </div>
      <Grid text={text} {...grid} />
      <GridHelp text={text} classes={grid.classes} source={source} />
    </Page>
  );
}
