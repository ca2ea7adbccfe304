import * as v from "valibot";
import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { readArgs } from "../args.ts";
import type { FileFormat } from "../files/file-dataset.ts";
import { drawingsOf, mnistOf } from "./pickle/image-sets.ts";
import { parsePickle } from "./pickle/parse.ts";

const MAX_FILE_BYTES = 1024 ** 3;
const loadArgs = v.object({
  /** Converts numpy arrays to the form that the pipelines expect; `plain` loads the content unchanged. */
  as: v.optional(
    v.picklist(["mnist", "drawings", "plain"], 'must be "mnist", "drawings" or "plain"'),
    "plain",
  ),
});

/**
 * Reads a Python pickle, see `parsePickle`. `load_args.as: mnist` converts ((images, labels), (images, labels)) for
 * `mnist_data`, and `as: drawings` converts (images, labels) for `app_data`; each is the default of that dataset.
 * Read-only.
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
      throw new DatasetError("pickles are read-only. Save the data as json, csv or another type");
    },
    maxBytes: MAX_FILE_BYTES,
  };
}
