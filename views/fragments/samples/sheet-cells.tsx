/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { SheetItem } from "../../../src/domain/samples/sheet/sheet-store.ts";
import type { Text } from "../../i18n/text.ts";
import { type FilterFields, PER_PAGE, SPRITE_COLUMNS, sheetPath } from "./sheet-path.ts";

/** A page of the sheet. */
export interface SheetPageProps {
  text: Text;
  fields: FilterFields;
  items: readonly SheetItem[];
  /** Address of the one image with all drawings of the page. */
  sprite: string;
  /** Null at the end. */
  nextCursor: string | null;
  /** Whether its first drawing takes the focus of the sheet. */
  isFirst: boolean;
}

/** A page of the sheet, which loads the next one before its end comes into view. */
export function SheetPage({ text, fields, items, sprite, nextCursor, isFirst }: SheetPageProps) {
  const more =
    nextCursor === null
      ? {}
      : {
          "hx-get": sheetPath(fields, { cursor: nextCursor }),
          "hx-trigger": "intersect once rootMargin:3000px",
          "hx-swap": "afterend",
          "hx-target": "this",
        };
  return (
    <div
      class={items.length === PER_PAGE ? "cells-page cells-full" : "cells-page"}
      role="presentation"
      data-sprite={sprite}
      {...more}
    >
      {items.map((item, n) => (
        <Cell text={text} item={item} n={n} isFocus={isFirst && n === 0} />
      ))}
    </div>
  );
}

function Cell({ text, item, n, isFocus }: { text: Text; item: SheetItem; n: number; isFocus: boolean }) {
  const tile = `cell x${n % SPRITE_COLUMNS} y${Math.floor(n / SPRITE_COLUMNS)}`;
  return (
    <a
      class={tile}
      role="option"
      aria-selected="false"
      tabindex={isFocus ? 0 : -1}
      href={`/samples/${encodeURIComponent(item.id)}`}
      draggable="false"
      {...cellData(text, item)}
    >
      <CellWords text={text} item={item} />
    </a>
  );
}

/** The data of a cell for the script, and its words for a screen reader. */
function cellData(text: Text, { id, label, state, predicted }: SheetItem) {
  const shown = label ?? text.t("sheet.none");
  const words = state === "rejected" ? text.t("samples.withdrawnLabel", { label: shown }) : shown;
  return {
    "data-id": id,
    "data-state": state,
    "data-label": label ?? "",
    // The visible words are a part of it, for those who speak to their browser.
    "aria-label":
      predicted === null || predicted === label
        ? text.t("samples.thumbnail", { label: words })
        : text.t("sheet.cellWrong", { label: shown, words, predicted }),
  };
}

function CellWords({ text, item: { label, predicted } }: { text: Text; item: SheetItem }) {
  return (
    <span aria-hidden="true">
      <b>{label ?? text.t("sheet.none")}</b>
      {predicted === null || predicted === label ? null : <i> → {predicted}</i>}
    </span>
  );
}

/** Drawings that an action has changed, for the script to put in their places. */
export function ChangedCells({ text, items }: { text: Text; items: readonly SheetItem[] }) {
  return (
    <div id="sheet-changed" hidden>
      {items.map((item) => (
        <a {...cellData(text, item)}>
          <CellWords text={text} item={item} />
        </a>
      ))}
    </div>
  );
}
