/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Drawing } from "../../../src/domain/drawing.ts";
import type { Text } from "../../i18n/text.ts";

/** Width of the ink as a share of the canvas. */
const INK = 0.045;

interface ReviewDrawingProps {
  text: Text;
  drawing: Drawing | null;
  /** Address of the image that models see, dark ink on white. */
  src: string;
  label: string;
}

/** The drawing as a person drew it, next to the image that models see; only that image where there are no strokes. */
export function ReviewDrawing({ text: { t }, drawing, src, label }: ReviewDrawingProps) {
  const name = t("review.drawing", { label });
  return (
    <div class="review-drawing">
      {drawing === null || drawing.width <= 0 || drawing.height <= 0 ? (
        <img class="review-ink" src={src} alt={name} width="280" height="280" />
      ) : (
        <Strokes drawing={drawing} name={name} />
      )}
      <figure class="review-seen">
        <img src={src} alt="" width="84" height="84" />
        <figcaption class="small soft">{t("review.seen")}</figcaption>
      </figure>
    </div>
  );
}

function Strokes({ drawing, name }: { drawing: Drawing; name: string }) {
  const { strokes, width, height } = drawing;
  const ink = Math.max(width, height) * INK;
  // Ink at the edge of the canvas is not cut.
  const view = [-ink / 2, -ink / 2, width + ink, height + ink].map(round).join(" ");
  return (
    <svg class="review-ink" viewBox={view} role="img" aria-label={name}>
      <path
        d={strokes.map(pathOf).join("")}
        fill="none"
        stroke="currentColor"
        stroke-width={round(ink)}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** A dot is a line of no length, which round ends make visible. */
function pathOf(stroke: Drawing["strokes"][number]): string {
  const points = stroke.map(([x, y]) => `${round(x)} ${round(y)}`);
  return `M${points[0]}L${(points.length > 1 ? points.slice(1) : points).join(" ")}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
