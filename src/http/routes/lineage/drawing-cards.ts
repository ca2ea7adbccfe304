import type { DrawingCard } from "../../../../views/fragments/lineage/drawing-grid.tsx";
import { labelWords } from "../../../../views/fragments/lineage/label-words.ts";
import type { Text } from "../../../../views/i18n/text.ts";
import { IMAGE_COLS, IMAGE_ROWS } from "../../../digits/image-format.ts";
import type { UsedSample } from "../../../domain/lineage/lineage-store.ts";
import { pngUrl } from "../../../lib/png-url.ts";

/** A drawing of a run's data, with the label that it had then. */
export function usedCard(text: Text, { sampleId, side, reason, label, sample }: UsedSample): DrawingCard {
  const { t } = text;
  if (sample === null) {
    const note = t(sampleId === null ? "runData.forgotten" : "runData.gone");
    const words = sampleId === null ? t("value.none") : labelWords(text, label);
    return { id: sampleId, src: null, label: words, predicted: null, note };
  }
  const isChanged = sample.label !== label;
  const words = t(`side.${side}`);
  return {
    id: sample.id,
    src: imageUrl(sample.pixels),
    label: labelWords(text, label),
    predicted: null,
    note: isChanged
      ? t("runData.changed", { label: labelWords(text, sample.label, sample.state) })
      : (reason ?? words),
  };
}

/** The image of a drawing as a data URL, dark ink on white. */
export function imageUrl(pixels: Uint8Array): string {
  return pngUrl(
    { width: IMAGE_COLS, height: IMAGE_ROWS, channels: 1, data: pixels.map((ink) => 255 - ink) },
    1,
  );
}
