/**
 * Returns the name in a `Host` header or an address, in the form that the standard gives it: lower case, without port
 * and brackets. "LOCALHOST:8000" -> "localhost", "[::1]:8000" -> "::1", "127.1" -> "127.0.0.1".
 * @returns null when it is not a host.
 */
export function hostNameOf(host: string): string | null {
  // A host with a path, a query or a user would also parse, but mean something else.
  if (/[/?#@\\\s,]/.test(host)) return null;
  const url = URL.parse(`http://${host}`);
  return url === null ? null : url.hostname.replace(/^\[(.*)\]$/, "$1");
}

/** Writes an address as a part of a URL: IPv6 in brackets. */
export function hostInUrl(name: string): string {
  return name.includes(":") ? `[${name}]` : name;
}

const LOOPBACK =
  /^(?:localhost|127(?:\.\d{1,3}){3}|::1|::ffff:(?:127(?:\.\d{1,3}){3}|7f[0-9a-f]{2}:[0-9a-f]{1,4}))$/;

/** Whether a name, as `hostNameOf` returns it, or the address of a peer is this machine's loopback. */
export function isLoopback(name: string): boolean {
  return LOOPBACK.test(name);
}
