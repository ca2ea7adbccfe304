/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { GridItem } from "../../../src/domain/samples/grid/grid-store.ts";
import type { Text } from "../../i18n/text.ts";
import { SPRITE_COLUMNS } from "../samples/sheet-path.ts";

interface GridCellsProps {
  text: Text;
  label: string;
  items: readonly GridItem[];
}

/** The drawings of a page, each a checkbox: selected, it is odd. */
export function GridCells({ text, label, items }: GridCellsProps) {
  return (
    <>
      {items.map((item, n) => (
        <GridCell id={item.id} n={n} name={cellName(text, label, item, n)}>
          {item.predicted === null || item.predicted === label ? null : <i>→ {item.predicted}</i>}
          {item.isSuspect ? <b>!</b> : null}
        </GridCell>
      ))}
    </>
  );
}

interface GridCellProps {
  id: string;
  /** Its place on the page. */
  n: number;
  name: string;
  /** The words below the drawing. */
  children: unknown;
}

/** A drawing of the page as a checkbox: selected, it is odd. */
export function GridCell({ id, n, name, children }: GridCellProps) {
  return (
    <label class="grid-cell">
      <input
        type="checkbox"
        name={`odd.${id}`}
        data-id={id}
        data-place={n}
        data-name={name}
        aria-label={name}
      />
      <span class={tileOf(n)} aria-hidden="true" />
      <span class="grid-words" aria-hidden="true">
        {children}
      </span>
    </label>
  );
}

/** The classes that show a drawing of the sprite. @param n its place on the page. */
export function tileOf(n: number): string {
  return `grid-ink x${n % SPRITE_COLUMNS} y${Math.floor(n / SPRITE_COLUMNS)}`;
}

function cellName({ t }: Text, label: string, { predicted, isSuspect }: GridItem, n: number): string {
  const place = String(n + 1);
  const name =
    predicted === null || predicted === label
      ? t("grid.cell", { n: place, label })
      : t("grid.cellPredicted", { n: place, label, predicted });
  return isSuspect ? t("text.aside", { text: name, aside: t("grid.suspect") }) : name;
}
