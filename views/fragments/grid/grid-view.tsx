/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { GridCount, GridItem } from "../../../src/domain/samples/grid/grid-store.ts";
import type { Text } from "../../i18n/text.ts";
import { GridAsk } from "./grid-ask.tsx";
import { GridBar } from "./grid-bar.tsx";
import { GridCells } from "./grid-cells.tsx";
import { GridClasses } from "./grid-classes.tsx";
import { GridEnd } from "./grid-end.tsx";
import type { GridSaid, GridSource } from "./grid-path.ts";
import { GridProgress } from "./grid-progress.tsx";
import { GridSaidLine } from "./grid-said.tsx";
import { GridSources } from "./grid-sources.tsx";
import { actWords, clientTexts } from "./grid-texts.ts";
import { PoolCells } from "./pool-cells.tsx";
import { PoolEnd, type PoolGrid, PoolState } from "./pool-state.tsx";

/** Stored labels as the grid shows them. */
interface LabelsGrid {
  source: "labels";
  /** By class; classes without labelled drawings are missing. */
  counts: readonly GridCount[];
  items: readonly GridItem[];
}

/** The state of the grid. */
export interface GridProps {
  text: Text;
  classes: readonly string[];
  shown: LabelsGrid | PoolGrid;
  sources: Readonly<Record<GridSource, number>>;
  /** The class whose drawings are shown; null when no class has any. */
  label: string | null;
  /** Address of the one image with all drawings, and of the style that shows it. */
  sprite: { image: string; style: string } | null;
  said: GridSaid | null;
  /** Whether the requested undo was done before. */
  isUndone: boolean;
}

/** A page of drawings of one class, with a mark for each; the script replaces all of it by the next. */
export function Grid(props: GridProps) {
  const { text, classes, shown, label, sprite } = props;
  const { source } = shown;
  return (
    <div
      id="grid"
      class="stack grid"
      data-source={source}
      data-labeller={shown.source === "unlabelled" ? shown.labeller : undefined}
      data-classes={JSON.stringify(classes)}
      data-label={label ?? ""}
      data-texts={JSON.stringify(clientTexts(text, source, label ?? ""))}
    >
      <GridSources text={text} current={source} counts={props.sources} />
      <GridClasses text={text} classes={classes} counts={countsIn(shown)} current={label} source={source} />
      {shown.source === "unlabelled" ? (
        <PoolState text={text} pool={shown} />
      ) : label === null ? null : (
        <GridProgress text={text} count={countOf(shown.counts, label)} />
      )}
      <GridSaidLine text={text} said={props.said} label={label} isUndone={props.isUndone} source={source} />
      {label !== null && sprite !== null ? (
        <GridForm text={text} shown={shown} label={label} sprite={sprite} />
      ) : shown.source === "unlabelled" ? (
        <PoolEnd text={text} pool={shown} classes={classes} label={label} />
      ) : (
        <GridEnd text={text} classes={classes} counts={shown.counts} label={label} />
      )}
      {label === null ? null : <GridAsk text={text} classes={classes} label={label} source={source} />}
    </div>
  );
}

function GridForm({
  text,
  shown,
  label,
  sprite,
}: {
  text: Text;
  shown: GridProps["shown"];
  label: string;
  sprite: NonNullable<GridProps["sprite"]>;
}) {
  const { legend, noScript } = actWords(text, shown.source, label);
  return (
    <form id="grid-form" class="grid-form" method="post" action="/label/grid" data-sprite={sprite.image}>
      <link rel="stylesheet" href={sprite.style} />
      <input type="hidden" name="source" value={shown.source} />
      {shown.source === "unlabelled" ? <input type="hidden" name="labeller" value={shown.labeller} /> : null}
      <input type="hidden" name="label" value={label} />
      <input type="hidden" name="shown" value={shown.items.map(({ id }) => id).join(" ")} />
      <fieldset class="grid-page">
        <legend class="unseen">{legend}</legend>
        {shown.source === "unlabelled" ? (
          <PoolCells text={text} label={label} items={shown.items} />
        ) : (
          <GridCells text={text} label={label} items={shown.items} />
        )}
      </fieldset>
      <noscript>
        <p>{noScript}</p>
      </noscript>
      <GridBar text={text} total={shown.items.length} source={shown.source} label={label} />
    </form>
  );
}

/** The drawings of each class that the grid can show. */
function countsIn(shown: GridProps["shown"]): { label: string; n: number }[] {
  if (shown.source === "unlabelled") return shown.counts.classes;
  return shown.counts.map(({ label, unconfirmed }) => ({ label, n: unconfirmed }));
}

/** The count of a class; of one without labelled drawings, nothing. */
function countOf(counts: readonly GridCount[], label: string): GridCount {
  const none = { label, unconfirmed: 0, suspect: 0, confirmed: 0, inReview: 0 };
  return counts.find((one) => one.label === label) ?? none;
}
