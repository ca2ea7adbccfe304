import { hostname as machineName, networkInterfaces } from "node:os";
import type { HttpAddress } from "../config/address.ts";
import type { ServerConfig } from "../config/schema.ts";
import { addressesIn } from "../domain/access/network.ts";
import type { Trust } from "../http/access/client.ts";
import { hostInUrl, hostNameOf, isLoopback } from "../lib/host-name.ts";

/** Who may use the server, besides the addresses that it listens on. */
export type Access = ServerConfig["access"];

/** How a server can be reached. */
export interface Reach {
  access: Access;
  trust: Trust;
  /** Whether anyone but this machine can send requests that it may answer, and so somebody has to be able to log in. */
  isOpen: boolean;
  /** Whether a request may carry this host name, in lower case without port. */
  isOurHost(name: string): boolean;
  /** URLs for other devices; none when only this machine, or a proxy, reaches the server. @param port on which it listens. */
  urls(port: number): string[];
  /** Who can reach the server, and at which URLs from other machines, in sentences. @param port on which it listens. */
  describe(port: number): string;
  /** A sentence about what is not safe about it; null for nothing. */
  warning: string | null;
}

/** This machine, as others see it. */
export interface Machine {
  name: string;
  /** Its IP addresses besides loopback, IPv6 without brackets and zone. */
  addresses(): string[];
}

/** The machine that this program runs on. */
export const thisMachine: Machine = {
  name: machineName().toLowerCase(),
  addresses: () =>
    Object.values(networkInterfaces())
      .flatMap((one) => one ?? [])
      // A link-local IPv6 address needs a zone, which no URL of a browser can have.
      .filter(({ internal, address }) => !internal && !address.startsWith("fe80:"))
      .map(({ address }) => address),
};

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "::1"];

/** Whether this address stands for all addresses of the machine. */
export function isEveryAddress(hostname: string): boolean {
  const name = hostNameOf(hostInUrl(hostname));
  return name === "0.0.0.0" || name === "::";
}

/** The choices that decide who can reach a server, from server.yml and the command line. */
export interface ReachConfig {
  access: Access;
  /** Further names under which the server is reached, such as those that a proxy passes on. */
  allowedHosts: readonly string[];
  /** Addresses and networks of proxies whose word is believed. */
  trustedProxies: readonly string[];
  /** Whether the server speaks TLS. */
  isEncrypted: boolean;
}

/**
 * Decides who can reach a server, and who needs to log in. Programs and people on this machine need no account, unless
 * everyone does, or a proxy on this machine could be what looks like one: where a proxy is named, where the server has
 * further names but only this machine reaches it, and where it is open to anyone but only this machine reaches it.
 */
export function reachOf(address: HttpAddress, config: ReachConfig, machine: Machine = thisMachine): Reach {
  const { access, allowedHosts, trustedProxies, isEncrypted } = config;
  const own = hostNameOf(hostInUrl(address.hostname)) ?? address.hostname;
  const isLocal = isLoopback(own);
  const hasProxy = trustedProxies.length > 0 || (isLocal && (allowedHosts.length > 0 || access === "anyone"));
  const isEvery = isEveryAddress(own);
  const fixed = new Set([...(isLocal || isEvery ? LOOPBACK_NAMES : []), own, ...allowedHosts]);
  const names = isEvery ? [machine.name, `${machine.name.replace(/\.local$/, "")}.local`] : [];
  const scheme = isEncrypted ? "https" : "http";
  const urls = (port: number) => {
    if (isLocal) return [];
    // "0.0.0.0" is every IPv4 address, and "::" those of both kinds.
    const addresses = machine.addresses().filter((one) => own !== "0.0.0.0" || !one.includes(":"));
    const hosts = isEvery ? [...addresses, machine.name] : [own];
    return [...hosts, ...allowedHosts].map((host) => `${scheme}://${hostInUrl(host)}:${port}`);
  };
  const isOpen = !isLocal || hasProxy || access === "accounts";
  return {
    access,
    trust: {
      thisMachine: access !== "accounts" && !hasProxy,
      isProxy: addressesIn(trustedProxies),
      isEncrypted,
    },
    isOpen,
    // Addresses change while the server runs: another network, another lease.
    isOurHost: (name) =>
      fixed.has(name) || (isEvery && (names.includes(name) || machine.addresses().includes(name))),
    urls,
    warning:
      isLocal || isEncrypted || trustedProxies.length > 0
        ? null
        : "Without TLS, others on the network can read passwords and drawings. Set tls in server.yml, or put a proxy with TLS in front",
    describe(port) {
      const who =
        access === "anyone"
          ? "Anyone who reaches it may draw and label; for more, people log in."
          : "People log in.";
      if (!isOpen) return "Only this machine can reach it.";
      if (isLocal) return `It is reached through a proxy, or from this machine. ${who}`;
      return `It is open to the network. ${who} From a phone or another computer: ${urls(port).join(" or ")}`;
    },
  };
}
