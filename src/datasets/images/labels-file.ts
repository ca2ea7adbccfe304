import { basename } from "node:path";
import { InputError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";

/**
 * Finds the IDX labels of a file of images by its name: `x.images.idx` -> `x.labels.idx`, `train-images-idx3-ubyte` ->
 * `train-labels-idx1-ubyte`, `train-images.idx3-ubyte` -> `train-labels.idx1-ubyte`; each with or without `.gz`.
 *
 * @returns the path of a file that exists.
 * @throws InputError naming the file that was looked for.
 */
export async function findLabels(images: string): Promise<string> {
  const name = basename(images);
  const labels = name
    .replace(/images(?=[^/]*$)/, "labels")
    .replace("idx3", "idx1")
    .replace(/\.gz$/i, "");
  const expected = images.slice(0, images.length - name.length) + labels;
  if (name.includes("images")) {
    for (const path of [expected, `${expected}.gz`]) if (await Bun.file(path).exists()) return path;
  }
  if (!name.includes("images")) {
    const says = saying("import.noLabelsFile", { images });
    throw new InputError(`Cannot find the labels of ${images}. Name the file with --labels`, { says });
  }
  throw new InputError(
    `Cannot find the labels of ${images}: ${expected} does not exist. Name the file with --labels`,
    { says: saying("import.noLabelsAt", { images, expected }) },
  );
}
