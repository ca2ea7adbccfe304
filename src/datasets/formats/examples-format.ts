import * as v from "valibot";
import { DatasetError } from "../../engine/errors.ts";
import type { FileFormat } from "../files/file-dataset.ts";
import { parseJson } from "./json-format.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const FileSchema = v.record(
  v.string(),
  v.object({
    rows: count,
    cols: count,
    classes: v.array(v.string()),
    answers: v.array(v.object({ index: count, true: count, predicted: count, confidence: v.number() })),
    /** base64 of zstd of uint8 [answers, rows, cols]. */
    images_zstd: v.string(),
  }),
);
const ValueSchema = v.record(
  v.string(),
  v.object({
    rows: count,
    cols: count,
    classes: v.array(v.string()),
    answers: v.array(v.object({ index: count, true: count, predicted: count, confidence: v.number() })),
    images: v.instance(Uint8Array),
  }),
);

/** Reads and writes a model's predictions with their images, by set. A compressed digit takes about 150 bytes. */
export function examplesFormat(): FileFormat {
  return {
    read(bytes) {
      const sets = parsed(FileSchema, parseJson(bytes));
      return mapped(sets, ({ images_zstd, ...rest }, name) => {
        const images = new Uint8Array(Bun.zstdDecompressSync(Buffer.from(images_zstd, "base64")));
        requireImages(name, rest, images);
        return { ...rest, images };
      });
    },
    write(value) {
      const sets = mapped(parsed(ValueSchema, value), ({ images, ...rest }, name) => {
        requireImages(name, rest, images);
        return { ...rest, images_zstd: Bun.zstdCompressSync(images).toString("base64") };
      });
      return `${JSON.stringify(sets)}\n`;
    },
  };
}

function parsed<T extends v.GenericSchema>(schema: T, value: unknown): v.InferOutput<T> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new DatasetError(`is not a set of examples: ${v.getDotPath(issue) ?? "it"}: ${issue.message}`);
}

function requireImages(
  name: string,
  { rows, cols, answers }: { rows: number; cols: number; answers: readonly unknown[] },
  images: Uint8Array,
): void {
  const expected = answers.length * rows * cols;
  if (images.length === expected) return;
  throw new DatasetError(
    `${name}: ${answers.length} images of ${rows}x${cols} px need ${expected} bytes, found ${images.length}`,
  );
}

function mapped<A, B>(sets: Record<string, A>, change: (set: A, name: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(sets).map(([name, set]) => [name, change(set, name)]));
}
