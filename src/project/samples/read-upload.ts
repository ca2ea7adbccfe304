import { kindOf } from "../../datasets/images/file-kind.ts";
import type { Conversion } from "../../datasets/images/pixel-values.ts";
import { type ImageFiles, type ImageRow, readImages } from "../../datasets/images/read-images.ts";
import type { RowProblem } from "../../datasets/images/row-problems.ts";
import type { ImportChoices } from "../../domain/samples/sample-files.ts";
import { InputError } from "../../lib/errors.ts";
import { type Saying, type Sentence, saying } from "../../lib/saying.ts";

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
  let refusal: unknown = new InputError("The upload has no file", { says: saying("upload.noFile") });
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
    onProblem: ({ at, ...sentence }) => events.onProblem({ at, ...withoutFolder(files, sentence) }),
  });
}

/** A message without the folder of the upload, which is a detail of this machine. */
export function withoutFolder(
  { folder }: Pick<UploadedFiles, "folder">,
  { message, says }: Sentence,
): Sentence {
  const plain = (text: string) => text.replaceAll(`${folder}/`, "");
  const plainSaying = ({ key, figures }: Saying): Saying => ({
    key,
    figures: Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [
        name,
        typeof value === "string" ? plain(value) : typeof value === "object" ? plainSaying(value) : value,
      ]),
    ),
  });
  return { message: plain(message), says: says === undefined ? undefined : plainSaying(says) };
}
