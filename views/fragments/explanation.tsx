/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { SaliencyChart } from "../charts/saliency-chart.tsx";
import type { Text } from "../i18n/text.ts";
import { YourDrawings, type YourDrawingsProps } from "./your-drawings.tsx";

/** The explanation of a prediction. */
export interface ExplanationProps {
  label: string;
  /** 0..1 */
  confidence: number;
  model: { version: number };
  image: { rows: number; cols: number; pixels: readonly number[] };
  saliency: readonly number[];
  layers: readonly LayerProps[];
  personal: Omit<YourDrawingsProps, "text">;
}

interface LayerProps {
  name: string;
  rows: number;
  cols: number;
  count: number;
  /** The greatest activation. */
  max: number;
  /** All feature maps side by side. */
  image: string;
  /** Activations of a dense layer's units; null for feature maps. */
  values: readonly number[] | null;
}

/** The saliency of a drawing for its prediction, and the activations of each layer. */
export function Explanation({ text, explanation }: { text: Text; explanation: ExplanationProps }) {
  const { t, percent } = text;
  const { label, confidence, model, image, saliency, layers, personal } = explanation;
  return (
    <>
      <YourDrawings text={text} {...personal} />
      {personal.used ? <h3>{t("explain.modelAlone")}</h3> : null}
      <p>{t("explain.answer", { label, percent: percent(confidence), version: model.version })}</p>
      <SaliencyChart text={text} label={label} {...image} saliency={saliency} />
      <p class="small soft">{t("explain.note")}</p>
      <h3>{t("explain.layers")}</h3>
      {layers.map((layer) =>
        layer.values === null ? (
          <Maps text={text} layer={layer} />
        ) : (
          <Units text={text} layer={layer} values={layer.values} />
        ),
      )}
    </>
  );
}

function Maps({ text: { t }, layer }: { text: Text; layer: LayerProps }) {
  const { name, rows, cols, count, image } = layer;
  return (
    <figure class="layer">
      <figcaption class="small soft">{t("explain.maps", { name, n: count, rows, cols })}</figcaption>
      <img src={image} alt={t("explain.maps", { name, n: count, rows, cols })} />
    </figure>
  );
}

const HEIGHT = 60;

function Units({ text: { t }, layer, values }: { text: Text; layer: LayerProps; values: readonly number[] }) {
  const { name, count, max } = layer;
  const active = values.filter((value) => value > 0).length;
  const caption = t("explain.units", { name, n: count, active });
  return (
    <figure class="layer">
      <figcaption class="small soft">{caption}</figcaption>
      <svg viewBox={`0 0 ${2 * count} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={caption}>
        {values.map((value, i) =>
          value <= 0 || max <= 0 ? null : (
            <rect
              class="layer-unit"
              x={2 * i}
              width="1.5"
              y={(HEIGHT * (1 - value / max)).toFixed(1)}
              height={((HEIGHT * value) / max).toFixed(1)}
            />
          ),
        )}
      </svg>
    </figure>
  );
}
