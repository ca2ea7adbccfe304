import type { HttpAddress } from "../config/address.ts";
import { messageOf, UnavailableError } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";

/** A server that listens, and where. */
export interface Listener {
  /** The address to open: a name that works on this machine when the server listens on all of its addresses. */
  url: string;
  /** Lets requests under way end, for at most `graceMs`, and then cuts the rest, streams included. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Serves requests on an address.
 *
 * @param fetch refuses bodies that are too long without reading them; Bun does not keep what still arrives.
 * @throws UnavailableError when the address cannot be used, for instance because the port is in use.
 */
export function listen(
  address: HttpAddress,
  fetch: (request: Request) => Response | Promise<Response>,
  log: Log,
): Listener {
  const { hostname, port } = address;
  try {
    const server = Bun.serve({
      hostname,
      port,
      fetch,
      // Bun's own refusal would have no text.
      maxRequestBodySize: Number.MAX_SAFE_INTEGER,
      // Bun's own would answer and print with the error in full.
      error(error) {
        log.error("a request failed outside of the application", { error });
        return new Response("The server failed.", { status: 500 });
      },
    });
    return {
      url: urlOf(server, address),
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

/** The host names that requests may carry when the server listens on loopback only; null for any other address. */
export function loopbackHosts({ hostname }: HttpAddress): string[] | null {
  const isLoopback = hostname === "localhost" || hostname === "::1" || /^127\./.test(hostname);
  return isLoopback ? ["localhost", "127.0.0.1", "::1", hostname] : null;
}

function urlOf(server: { port?: number }, { hostname }: HttpAddress): string {
  const isAnywhere = hostname === "0.0.0.0" || hostname === "::";
  const host = isAnywhere ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
  return `http://${host}:${server.port}`;
}
