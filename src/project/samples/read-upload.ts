import { kindOf } from "../../datasets/images/file-kind.ts";
import type { Conversion } from "../../datasets/images/pixel-values.ts";
import { type ImageFiles, type ImageRow, readImages } from "../../datasets/images/read-images.ts";
import type { RowProblem } from "../../datasets/images/row-problems.ts";
import type { ImportChoices } from "../../domain/samples/sample-files.ts";
import { InputError } from "../../lib/errors.ts";

/** The files of an upload: absolute paths in its folder. */
export interface UploadedFiles {
  folder: string;
  paths: readonly string[];
}

/** Told what reading a file has found. */
export interface UploadEvents {
  onProblem(problem: RowProblem): void;
  onConversion?(conversion: Conversion): void;
}

/** Finds the file with the images: of two files, the other has the labels. @throws InputError as `kindOf`. */
export async function imageFiles(
  { paths }: UploadedFiles,
  { labelOffset, isTransposed }: ImportChoices,
): Promise<ImageFiles & { kind: string }> {
  let refusal: unknown = new InputError("The upload has no file");
  for (const file of paths) {
    try {
      const kind = await kindOf(file);
      const labels = paths.find((path) => path !== file);
      return {
        ...{ file, kind, isTransposed },
        ...(labelOffset !== null && { labelOffset }),
        ...(labels !== undefined && { labels }),
      };
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

/** Reads the rows of an upload; those that cannot be read are reported, and left out. */
export async function* readUpload(
  files: UploadedFiles,
  choices: ImportChoices,
  classes: readonly string[],
  events: UploadEvents,
): AsyncGenerator<ImageRow> {
  const { kind: _, ...found } = await imageFiles(files, choices);
  yield* readImages(found, {
    ...{
      classes,
      parts: "all",
      mayBeUnlabelled: true,
      notice: (_text, conversion) => conversion && events.onConversion?.(conversion),
    },
    onProblem: ({ at, message }) => events.onProblem({ at, message: withoutFolder(files, message) }),
  });
}

/** A message without the folder of the upload, which is a detail of this machine. */
export function withoutFolder({ folder }: Pick<UploadedFiles, "folder">, message: string): string {
  return message.replaceAll(`${folder}/`, "");
}
