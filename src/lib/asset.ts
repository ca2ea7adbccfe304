/** Encodings in which assets are prepared, the smallest first. */
export const ASSET_ENCODINGS = ["br", "gzip"] as const;

/** A file that the server sends unchanged. */
export interface Asset {
  body: Uint8Array;
  contentType: string;
  /** A strong ETag, derived from the content. */
  etag: string;
  /** The same content, compressed; absent where that is not smaller. */
  encoded?: Partial<Record<(typeof ASSET_ENCODINGS)[number], Uint8Array>>;
}
