import * as v from "valibot";
import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { readArgs } from "../args.ts";
import type { FileFormat } from "../files/file-dataset.ts";
import { drawingsOf, mnistOf } from "./pickle/image-sets.ts";
import { parsePickle } from "./pickle/parse.ts";

const MAX_FILE_BYTES = 1024 ** 3;
const loadArgs = v.object({
  /** What the pipelines expect, made of numpy's arrays; without it, what the file holds. */
  as: v.optional(v.picklist(["mnist", "drawings"], 'must be "mnist" or "drawings"')),
});

/**
 * A Python pickle, read only: see `parsePickle`. `load_args.as: mnist` takes ((images, labels), (images, labels)) as
 * `mnist_data`, `as: drawings` takes (images, labels) as `app_data`.
 */
export function pickleFormat(config: DatasetConfig): FileFormat {
  const { as } = readArgs(config, "load_args", loadArgs);
  return {
    read(bytes) {
      const value = parsePickle(bytes);
      if (as === "mnist") return mnistOf(value);
      return as === "drawings" ? drawingsOf(value) : value;
    },
    write() {
      throw new DatasetError("pickles are only read. Save it as json, csv or another type");
    },
    maxBytes: MAX_FILE_BYTES,
  };
}
