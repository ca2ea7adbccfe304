/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { QueueGridItem } from "../../../src/domain/queue/queue-grid.ts";
import type { Text } from "../../i18n/text.ts";
import { GridCell } from "./grid-cells.tsx";

interface PoolCellsProps {
  text: Text;
  label: string;
  items: readonly QueueGridItem[];
}

/** The drawings of a page without labels, each with the probability of the class. */
export function PoolCells({ text: { t, percent }, label, items }: PoolCellsProps) {
  return (
    <>
      {items.map(({ id, p }, n) => (
        <GridCell
          id={id}
          n={n}
          name={t("grid.pool.cell", { n: String(n + 1), label, percent: percent(p, 1) })}
        >
          <span>{percent(p, 1)}</span>
        </GridCell>
      ))}
    </>
  );
}
