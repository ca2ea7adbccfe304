import type { Context } from "hono";
import { hostNameOf, isLoopback } from "../../lib/host-name.ts";
import type { ConnectionBindings } from "../handler.ts";
import { requestHost } from "../middleware/allowed-hosts.ts";

/** Whom the server believes. */
export interface Trust {
  /** Whether programs and people on this machine need no account. */
  thisMachine: boolean;
  /** Whether a proxy at this address tells the truth about whose request it passes on. */
  isProxy(address: string): boolean;
  /** Whether the server itself speaks TLS. */
  isEncrypted: boolean;
}

/** The other end of a request. */
export interface Client {
  /** Its IP address, as far as it is known: that of the nearest end that is not a trusted proxy. */
  address: string | null;
  /** Whether nobody on the way can read the request. */
  isEncrypted: boolean;
  /**
   * Whether it is a program or person on this machine, and not anyone else through it: the peer and the host are
   * loopback, and no proxy has passed the request on. A request without a connection comes from this process.
   */
  isThisMachine: boolean;
}

/** Headers by which a proxy or a tunnel says that it passes on the request of someone else. */
const FORWARDING =
  /^(?:forwarded|via|cdn-loop|x-(?:original-)?forwarded(?:-.*)?|x-original-host|x-scheme|x-real-ip|(?:x-)?(?:cluster-|fly-|fastly-|true-|proxyuser-|azure-)?client-?ip|x-proxyuser-ip|(?:cf-connecting|x-azure-client|x-azure-socket)-?ip|x-envoy-.*|x-amzn-trace-id|tailscale-.*|ngrok-.*)$/;
/** Proxies in a row that are followed. */
const MOST_HOPS = 20;

/** Returns the other end of a request. Headers are believed only from a trusted proxy. */
export function clientOf(c: Context, trust: Trust): Client {
  const connection: Partial<ConnectionBindings> | undefined = c.env;
  const peer = connection?.peer;
  if (peer != null && trust.isProxy(plain(peer))) {
    return {
      address: nearestEnd(c.req.header("x-forwarded-for"), peer, trust),
      isEncrypted: lastOf(c.req.header("x-forwarded-proto")) === "https",
      isThisMachine: false,
    };
  }
  return {
    address: peer == null ? null : plain(peer),
    isEncrypted: trust.isEncrypted,
    isThisMachine: isOnThisMachine(c, peer),
  };
}

/**
 * Each proxy appends the address of its own peer, so from the right, the first one that is not a trusted proxy is the
 * last that can be believed; what is left of it, the client may have invented.
 */
function nearestEnd(forwardedFor: string | undefined, peer: string, trust: Trust): string {
  const hops = (forwardedFor ?? "").split(",").slice(-MOST_HOPS);
  let nearest = plain(peer);
  for (const hop of hops.reverse()) {
    const address = hostNameOf(bracketed(hop.trim()));
    if (address === null || !isAddress(address)) break;
    nearest = plain(address);
    if (!trust.isProxy(nearest)) break;
  }
  return nearest;
}

function isOnThisMachine(c: Context, peer: string | null | undefined): boolean {
  if (peer !== undefined && (peer === null || !isLoopback(peer))) return false;
  const host = hostNameOf(requestHost(c));
  if (host === null || !isLoopback(host)) return false;
  return ![...c.req.raw.headers.keys()].some((name) => FORWARDING.test(name));
}

function lastOf(list: string | undefined): string | undefined {
  return list?.split(",").at(-1)?.trim().toLowerCase();
}

/** "fd00::1" -> "[fd00::1]": as a host has it; a port stays. */
function bracketed(hop: string): string {
  return hop.split(":").length > 2 && !hop.startsWith("[") ? `[${hop}]` : hop;
}

function isAddress(name: string): boolean {
  return /^[\d.]+$/.test(name) || name.includes(":");
}

const MAPPED = /^::ffff:(?:((?:\d{1,3}\.){3}\d{1,3})|([\da-f]{1,4}):([\da-f]{1,4}))$/i;

/** An IPv4 address on a socket of both kinds: "::ffff:192.0.2.1" and "::ffff:c000:201" -> "192.0.2.1". */
function plain(address: string): string {
  const [, dotted, high, low] = MAPPED.exec(address) ?? [];
  if (dotted !== undefined) return dotted;
  if (high === undefined || low === undefined) return address;
  const bits = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return bits.flatMap((half) => [half >> 8, half & 255]).join(".");
}
