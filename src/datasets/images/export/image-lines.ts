import { encode } from "fast-png";
import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../../../digits/image-format.ts";
import type { Sample } from "../../../domain/sample.ts";
import { NO_CLASS_CHOICE } from "../label-studio.ts";

/** The header of a table of images as Kaggle writes MNIST. */
export const CSV_HEADER = `label,${Array.from({ length: IMAGE_PIXELS }, (_, i) => `pixel${i}`).join(",")}\n`;

const NEEDS_QUOTES = /[",;\t\r\n]/;

/** A labelled sample as a row of such a table. @param sample with a label. */
export function csvLine({ label, pixels }: Pick<Sample, "label" | "pixels">): string {
  const name = label ?? "";
  const field = NEEDS_QUOTES.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
  return `${field},${pixels.join(",")}\n`;
}

/** The image of a sample as a grey PNG, dark ink on white. */
export function inkPng(pixels: Uint8Array): Uint8Array {
  const data = pixels.map((ink) => 255 - ink);
  return encode(
    { width: IMAGE_COLS, height: IMAGE_ROWS, channels: 1, depth: 8, data },
    { zlib: { level: 6 } },
  );
}

/** A sample as a task of Label Studio with its image, its label as the annotation, and the prediction. */
export function labelStudioTask({
  id,
  label,
  predicted,
  confidence,
  writer,
  pixels,
  modelVersion,
}: Sample): string {
  const choice = (name: string) => [
    { from_name: "label", to_name: "image", type: "choices", value: { choices: [name] } },
  ];
  return JSON.stringify({
    data: { image: `data:image/png;base64,${Buffer.from(inkPng(pixels)).toString("base64")}`, id, writer },
    annotations: [{ result: choice(label ?? NO_CLASS_CHOICE) }],
    predictions:
      predicted === null
        ? []
        : [{ model_version: String(modelVersion), score: confidence, result: choice(predicted) }],
  });
}
