/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Drawing } from "../../../src/domain/drawing.ts";
import type { Text } from "../../i18n/text.ts";
import { inkPath } from "./ink-path.ts";

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
  const { view, path, width } = inkPath(drawing);
  return (
    <svg class="review-ink" viewBox={view} role="img" aria-label={name}>
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        stroke-width={width}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
