/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";
import type { Axis } from "./axes/axis.ts";

/** Says that an axis does not begin at 0; nothing for one that does. */
export function BrokenNote({ text, axis }: { text: Text; axis: Axis }) {
  if (axis.brokenAt === null) return null;
  return <p class="chart-note">{text.t("chart.broken", { from: axis.brokenAt })}</p>;
}
