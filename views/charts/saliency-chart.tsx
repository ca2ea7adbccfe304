/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";

/** An image and the saliency of its pixels. */
export interface SaliencyChartProps {
  text: Text;
  label: string;
  rows: number;
  cols: number;
  /** Row-major, ink 255 on 0. */
  pixels: readonly number[];
  /** Row-major: effect of more ink at each pixel on the label, in any unit. */
  saliency: readonly number[];
}

/** Side of a pixel, in the chart's units. */
const SIDE = 10;
/** Share of the strongest pixel below which pixels are not drawn: they would only clutter the picture. */
const LEAST_SHARE = 0.12;

/** An image with each pixel's effect on the prediction as an overlay: squares support it, circles count against it. */
export function SaliencyChart({ text: { t }, label, rows, cols, pixels, saliency }: SaliencyChartProps) {
  const most = Math.max(...saliency.map(Math.abs), Number.MIN_VALUE);
  const marks = saliency.flatMap((value, i) => (Math.abs(value) < LEAST_SHARE * most ? [] : [{ value, i }]));
  return (
    <figure class="saliency">
      <svg
        viewBox={`0 0 ${cols * SIDE} ${rows * SIDE}`}
        role="img"
        aria-label={t("explain.mapAlt", {
          label,
          place: t(`explain.place.${placeOf(saliency, rows, cols)}`),
        })}
      >
        {pixels.map((ink, i) =>
          ink === 0 ? null : (
            <rect
              class="saliency-ink"
              x={(i % cols) * SIDE}
              y={Math.floor(i / cols) * SIDE}
              width={SIDE}
              height={SIDE}
              fill-opacity={(ink / 255).toFixed(2)}
            />
          ),
        )}
        {marks.map(({ value, i }) => (
          <SaliencyMark x={i % cols} y={Math.floor(i / cols)} share={value / most} />
        ))}
      </svg>
      <figcaption class="chart-legend">
        <span>
          <svg viewBox="0 0 10 10" width="12" height="12" aria-hidden="true">
            <SaliencyMark x={0} y={0} share={1} />
          </svg>{" "}
          {t("explain.for", { label })}
        </span>
        <span>
          <svg viewBox="0 0 10 10" width="12" height="12" aria-hidden="true">
            <SaliencyMark x={0} y={0} share={-1} />
          </svg>{" "}
          {t("explain.against", { label })}
        </span>
      </figcaption>
    </figure>
  );
}

/** @param share of the strongest pixel, -1..1: area and opacity grow with it. */
function SaliencyMark({ x, y, share }: { x: number; y: number; share: number }) {
  const size = SIDE * (0.4 + 0.5 * Math.abs(share));
  const opacity = (0.35 + 0.65 * Math.abs(share)).toFixed(2);
  const [cx, cy] = [(x + 0.5) * SIDE, (y + 0.5) * SIDE];
  if (share < 0) {
    return (
      <circle
        class="saliency-against"
        cx={px(cx)}
        cy={px(cy)}
        r={px(size / 2 - 1)}
        stroke-opacity={opacity}
      />
    );
  }
  return (
    <rect
      class="saliency-for"
      x={px(cx - size / 2)}
      y={px(cy - size / 2)}
      width={px(size)}
      height={px(size)}
      fill-opacity={opacity}
    />
  );
}

/** A coordinate with one decimal place, which is enough for any picture and keeps pages small. */
function px(value: number): string {
  return value.toFixed(1);
}

const PLACES = [
  ["topLeft", "top", "topRight"],
  ["left", "middle", "right"],
  ["bottomLeft", "bottom", "bottomRight"],
] as const;

/** The ninth of the image that supports the prediction most. */
function placeOf(saliency: readonly number[], rows: number, cols: number): (typeof PLACES)[number][number] {
  const sums = new Map<(typeof PLACES)[number][number], number>();
  saliency.forEach((value, i) => {
    const row = Math.floor((3 * Math.floor(i / cols)) / rows);
    const place = PLACES[row]![Math.floor((3 * (i % cols)) / cols)]!;
    sums.set(place, (sums.get(place) ?? 0) + Math.max(0, value));
  });
  return [...sums].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}
