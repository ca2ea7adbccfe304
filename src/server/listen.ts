import type { HttpAddress } from "../config/address.ts";
import { failedResponse, type Handler } from "../http/handler.ts";
import { messageOf, UnavailableError } from "../lib/errors.ts";
import { hostInUrl } from "../lib/host-name.ts";
import type { Log } from "../lib/log.ts";
import { isEveryAddress } from "./reach.ts";
import type { TlsFiles } from "./tls.ts";

/** How long a connection may be silent, a response that is being computed included. */
const IDLE_TIMEOUT_S = 120;

/** A server that listens, and where. */
export interface Listener {
  /** The address to open: a name that works on this machine when the server listens on all of its addresses. */
  url: string;
  port: number;
  /** Lets requests under way end, for at most `graceMs`, and then cuts the rest, streams included. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Serves requests on an address.
 *
 * @param handle refuses bodies that are too long without reading them; Bun does not keep what still arrives.
 * @param tls the certificate and the key; null for plain HTTP.
 * @throws UnavailableError when the address cannot be used, for instance because the port is in use.
 */
export function listen(
  address: HttpAddress,
  handle: Handler,
  log: Log,
  tls: TlsFiles | null = null,
): Listener {
  const { hostname, port } = address;
  try {
    const server = Bun.serve({
      hostname,
      port,
      ...(tls !== null && { tls: { cert: tls.certificate, key: tls.key } }),
      fetch: (request, connections) => handle(request, connections.requestIP(request)?.address ?? null),
      // A change of 100,000 samples takes longer than Bun's 10 seconds.
      idleTimeout: IDLE_TIMEOUT_S,
      // Bun's own refusal would have no text.
      maxRequestBodySize: Number.MAX_SAFE_INTEGER,
      // Otherwise Bun answers errors with a page that shows folders, stack and sources.
      development: false,
      // Without it, Bun lets a second server have the same port, and each gets a part of the requests.
      reusePort: false,
      error(error) {
        log.error("a request failed outside of the application", { error });
        return failedResponse();
      },
    });
    return {
      url: `${tls === null ? "http" : "https"}://${isEveryAddress(hostname) ? "localhost" : hostInUrl(hostname)}:${server.port}`,
      port: server.port ?? port,
      async stop(graceMs) {
        await Promise.race([server.stop(), Bun.sleep(graceMs)]);
        await server.stop(true);
      },
    };
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    const reason = isTaken ? "another program uses this port" : messageOf(error);
    const hint = "Choose another address with --http host:port";
    throw new UnavailableError(`Cannot listen on ${hostname}:${port}: ${reason}. ${hint}`, { cause: error });
  }
}
