/** A dataset's content in short, and the files that it is of. */
export type DatasetPreview = PreviewContent & { files?: PreviewFiles };

export type PreviewContent =
  | {
      kind: "images" /** A picture of the contact sheet, as a data URL. */;
      src: string;
      alt: string;
      total: number;
    }
  | {
      kind: "table";
      columns: readonly string[];
      rows: readonly (readonly string[])[];
      /** Null when only the beginning was read. */
      total: number | null;
    }
  | { kind: "curve"; curves: readonly { name: string; points: readonly { x: number; y: number }[] }[] }
  | { kind: "text"; text: string }
  | { kind: "tooLarge"; maxBytes: number }
  | { kind: "damaged"; reason: string };

export interface PreviewFiles {
  bytes: number;
  /** ISO time of the last change. */
  savedAt: string;
  version: string | null;
  /** Whether more is in them than was read. */
  isPart: boolean;
}
