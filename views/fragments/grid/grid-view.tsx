/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { GridCount, GridItem } from "../../../src/domain/samples/grid/grid-store.ts";
import type { Text } from "../../i18n/text.ts";
import { GridAsk } from "./grid-ask.tsx";
import { GridBar } from "./grid-bar.tsx";
import { GridCells } from "./grid-cells.tsx";
import { GridClasses } from "./grid-classes.tsx";
import { GridEnd } from "./grid-end.tsx";
import type { GridSaid } from "./grid-path.ts";
import { GridProgress } from "./grid-progress.tsx";
import { GridSaidLine } from "./grid-said.tsx";

/** The state of the grid. */
export interface GridProps {
  text: Text;
  classes: readonly string[];
  /** By class; classes without labelled drawings are missing. */
  counts: readonly GridCount[];
  /** The class whose drawings are shown; null when no class has any to confirm. */
  label: string | null;
  items: readonly GridItem[];
  /** Address of the one image with all drawings, and of the style that shows it. */
  sprite: { image: string; style: string } | null;
  said: GridSaid | null;
  /** Whether the requested undo was done before. */
  isUndone: boolean;
}

/** A page of drawings of one class, with a mark for each; the script replaces all of it by the next. */
export function Grid(props: GridProps) {
  const { text, classes, counts, label, items, sprite } = props;
  const { t } = text;
  return (
    <div
      id="grid"
      class="stack grid"
      data-classes={JSON.stringify(classes)}
      data-label={label ?? ""}
      data-texts={JSON.stringify(clientTexts(text))}
    >
      <GridClasses text={text} classes={classes} counts={counts} current={label} />
      {label === null ? null : <GridProgress text={text} count={countOf(counts, label)} />}
      <GridSaidLine text={text} said={props.said} label={label} isUndone={props.isUndone} />
      {label === null || sprite === null ? (
        <GridEnd text={text} classes={classes} counts={counts} label={label} />
      ) : (
        <form id="grid-form" class="grid-form" method="post" action="/label/grid" data-sprite={sprite.image}>
          <link rel="stylesheet" href={sprite.style} />
          <input type="hidden" name="label" value={label} />
          <input type="hidden" name="shown" value={items.map(({ id }) => id).join(" ")} />
          <fieldset class="grid-page">
            <legend class="unseen">{t("grid.legend", { label })}</legend>
            <GridCells text={text} label={label} items={items} />
          </fieldset>
          <noscript>
            <p>{t("grid.noScript")}</p>
          </noscript>
          <GridBar text={text} total={items.length} />
        </form>
      )}
      {label === null ? null : <GridAsk text={text} classes={classes} label={label} />}
    </div>
  );
}

/** The count of a class; of one without labelled drawings, nothing. */
function countOf(counts: readonly GridCount[], label: string): GridCount {
  const none = { label, unconfirmed: 0, suspect: 0, confirmed: 0, inReview: 0 };
  return counts.find((one) => one.label === label) ?? none;
}

/** The texts that the script fills in. */
function clientTexts({ t }: Text): Record<string, string> {
  return {
    confirm: t("grid.confirm"),
    confirmAnd: t("grid.confirmAnd"),
    marked: t("grid.marked"),
    oddAs: t("grid.oddAs"),
    none: t("grid.none"),
    withdraw: t("grid.withdrawn"),
    review: t("grid.toReview"),
    askAt: t("grid.askAt"),
    leaveAll: t("grid.leaveAll"),
    busy: t("grid.busy"),
    failed: t("grid.failed"),
    noPictures: t("grid.noPictures"),
    nothingToUndo: t("grid.nothingToUndo"),
  };
}
