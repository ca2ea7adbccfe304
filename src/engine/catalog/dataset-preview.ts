/** A summary of a dataset's content, and the files that it was read from. */
export type DatasetPreview = PreviewContent & { files?: PreviewFiles };

/** The summary itself, by the kind of content. */
type PreviewContent =
  | {
      kind: "images" /** The contact sheet, as a data URL. */;
      src: string;
      alt: string;
      total: number;
    }
  | {
      kind: "table";
      columns: readonly string[];
      rows: readonly (readonly string[])[];
      /** Number of rows; null when only the start of the file was read. */
      total: number | null;
    }
  | { kind: "curve"; curves: readonly { name: string; points: readonly { x: number; y: number }[] }[] }
  | { kind: "text"; text: string }
  | { kind: "tooLarge"; maxBytes: number }
  | { kind: "damaged"; reason: string };

/** The files behind a preview. */
export interface PreviewFiles {
  bytes: number;
  /** ISO 8601 time of the last change. */
  savedAt: string;
  /** Null when the dataset is not versioned. */
  version: string | null;
  /** Whether only a part of their content was read. */
  isPart: boolean;
}
