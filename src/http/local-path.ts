/** A path on this server; anything else (the address of another site, `//host`, a backslash) becomes the Draw page. */
export function localPath(back: unknown): string {
  return typeof back === "string" && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(back) ? back : "/";
}
