/** A file that the server sends unchanged. */
export interface Asset {
  body: Uint8Array;
  contentType: string;
  /** A strong ETag, derived from the content. */
  etag: string;
}
