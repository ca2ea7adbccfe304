import type { ExampleProps } from "../../../views/fragments/example-sheet.tsx";
import type { Examples } from "../../domain/examples.ts";
import { pngUrl } from "../../lib/png-url.ts";

/** The props of the example at index `i`; its image is dark on white. */
export function exampleProps({ rows, cols, classes, answers, images }: Examples, i: number): ExampleProps {
  const { true: label, predicted, confidence } = answers[i]!;
  return {
    label: classes[label] ?? String(label),
    predicted: classes[predicted] ?? String(predicted),
    confidence,
    src: inkUrl(images.subarray(i * rows * cols, (i + 1) * rows * cols), rows, cols),
  };
}

/** The address of an image that is dark on white. @param ink uint8 [rows, cols], ink 255 on 0. */
export function inkUrl(ink: Uint8Array, rows: number, cols: number): string {
  return pngUrl({ width: cols, height: rows, channels: 1, data: ink.map((value) => 255 - value) });
}
