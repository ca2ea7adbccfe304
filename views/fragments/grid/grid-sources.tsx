/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";
import { GRID_SOURCES, type GridSource, gridPath } from "./grid-path.ts";

interface GridSourcesProps {
  text: Text;
  current: GridSource;
  /** Labels that no person has confirmed, and drawings without a label. */
  counts: Readonly<Record<GridSource, number>>;
}

/** The choice between stored labels and drawings without a label. */
export function GridSources({ text: { t, number }, current, counts }: GridSourcesProps) {
  return (
    <nav class="tabs grid-sources" aria-label={t("grid.sources")}>
      {GRID_SOURCES.map((source) => (
        <a
          class="button"
          href={gridPath(null, null, source)}
          aria-current={source === current ? "page" : undefined}
        >
          {t(`grid.source.${source}`)} <span class="grid-count">{number(counts[source])}</span>
        </a>
      ))}
    </nav>
  );
}
