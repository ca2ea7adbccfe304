export interface Asset {
  body: Uint8Array;
  contentType: string;
  /** Strong, from the content. */
  etag: string;
}
