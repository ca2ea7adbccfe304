/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Drawing } from "../../src/domain/drawing.ts";
import { SaliencyChart } from "../charts/saliency-chart.tsx";
import { ExampleSheet } from "../fragments/example-sheet.tsx";
import { DrawingGrid } from "../fragments/lineage/drawing-grid.tsx";
import { ReviewDrawing } from "../fragments/review/review-drawing.tsx";
import type { Text } from "../i18n/text.ts";

/** A drawing as a person drew it, and the image that models see. */
export interface ExamplePicture {
  drawing: Drawing;
  /** Row-major, ink 255 on 0. */
  pixels: readonly number[];
  rows: number;
  cols: number;
  /** Address of the image, dark ink on white. */
  src: string;
}

/** Drawings as small pictures: with a label, with a wrong prediction, and one that no longer exists. */
export function DrawingsExample({ text, picture: { src } }: { text: Text; picture: ExamplePicture }) {
  const card = { id: null, src, label: "7", predicted: null, note: null };
  return (
    <div class="stack">
      <DrawingGrid text={text} drawings={[card, { ...card, predicted: "1" }, { ...card, src: null }]} />
      <ExampleSheet
        text={text}
        examples={["7", "1"].map((predicted) => ({ label: "7", predicted, confidence: 0.9, src }))}
      />
    </div>
  );
}

/** One drawing, large, next to the image that models see. */
export function LargeDrawingExample({
  text,
  picture: { drawing, src },
}: {
  text: Text;
  picture: ExamplePicture;
}) {
  return <ReviewDrawing text={text} drawing={drawing} src={src} label="7" />;
}

/** The effect of each pixel on a prediction. */
export function SaliencyExample({ text, picture }: { text: Text; picture: ExamplePicture }) {
  const { pixels, rows, cols } = picture;
  // Above the middle for the label, below it against.
  const saliency = pixels.map((ink, i) => (ink / 255) * (Math.floor(i / cols) < rows / 2 ? 1 : -0.6));
  return <SaliencyChart text={text} label="7" rows={rows} cols={cols} pixels={pixels} saliency={saliency} />;
}
