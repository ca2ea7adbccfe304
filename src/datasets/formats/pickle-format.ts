import * as v from "valibot";
import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { readArgs } from "../args.ts";
import type { FileFormat, FormatDeps } from "../files/file-dataset.ts";
import { drawingsOf, mnistOf } from "../images/pickled-sets.ts";
import { unpacked } from "../images/unpack.ts";
import { parsePickle, parsePickles } from "./pickle/parse.ts";

const MAX_FILE_BYTES = 1024 ** 3;
const loadArgs = v.object({
  /** Converts numpy arrays to the form that the pipelines expect; `plain` loads the content unchanged. */
  as: v.optional(
    v.picklist(["mnist", "drawings", "plain"], 'must be "mnist", "drawings" or "plain"'),
    "plain",
  ),
});

/**
 * Reads a Python pickle, also packed with gzip, see `parsePickle`. `load_args.as: mnist` converts ((images, labels), (images, labels)) for
 * `mnist_data`, and `as: drawings` converts (images, labels) for `app_data`; each is the default of that dataset.
 * Read-only.
 */
export function pickleFormat(config: DatasetConfig, { classes }: FormatDeps): FileFormat {
  const { as } = readArgs(config, "load_args", loadArgs);
  return {
    read(packed, notice = () => {}) {
      const bytes = unpacked(packed);
      if (as === "mnist") return mnistOf(parsePickles(bytes), notice);
      return as === "drawings" ? drawingsOf(parsePickles(bytes), classes, notice) : parsePickle(bytes);
    },
    write() {
      throw new DatasetError("pickles are read-only. Save the data as json, csv or another type");
    },
    maxBytes: MAX_FILE_BYTES,
  };
}
