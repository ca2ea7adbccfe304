import { hostname as machineName, networkInterfaces } from "node:os";
import type { HttpAddress } from "../config/address.ts";
import type { ServerConfig } from "../config/schema.ts";
import { UsageError } from "../lib/errors.ts";
import { hostInUrl, hostNameOf, isLoopback } from "../lib/host-name.ts";

/** Who may use the server, besides the addresses that it listens on. */
export type Access = ServerConfig["access"];

/** How a server can be reached. */
export interface Reach {
  access: Access;
  /** Whether a request may carry this host name, in lower case without port. */
  isOurHost(name: string): boolean;
  /** URLs for other devices; none when only this machine, or a proxy, reaches the server. @param port on which it listens. */
  urls(port: number): string[];
  /** Who can reach the server, and at which URLs from other machines, in sentences. @param port on which it listens. */
  describe(port: number): string;
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

/**
 * Decides who can reach a server. There are no accounts: who reaches it may label, train and delete.
 *
 * @param access `local`: only programs and people on this machine. `anyone`: everyone who can reach the address.
 * @param allowedHosts further names under which the server is reached, such as those that a proxy passes on.
 * @throws UsageError when others than this machine could reach it, but may not.
 */
export function reachOf(
  address: HttpAddress,
  access: Access,
  allowedHosts: readonly string[],
  machine: Machine = thisMachine,
): Reach {
  const own = hostNameOf(hostInUrl(address.hostname)) ?? address.hostname;
  const isLocal = isLoopback(own);
  if (!isLocal && access === "local") throw notOpen(address);
  const isEvery = isEveryAddress(own);
  const fixed = new Set([...(isLocal || isEvery ? LOOPBACK_NAMES : []), own, ...allowedHosts]);
  const names = isEvery ? [machine.name, `${machine.name.replace(/\.local$/, "")}.local`] : [];
  const urls = (port: number) => {
    if (access === "local" || isLocal) return [];
    const hosts = isEvery ? [...machine.addresses(), machine.name] : [own];
    return [...hosts, ...allowedHosts].map((host) => `http://${hostInUrl(host)}:${port}`);
  };
  return {
    access,
    // Addresses change while the server runs: another network, another lease.
    isOurHost: (name) =>
      fixed.has(name) || (isEvery && (names.includes(name) || machine.addresses().includes(name))),
    urls,
    describe(port) {
      if (access === "local") return "Only this machine can reach it.";
      const warning = "There are no accounts: anyone who can reach it can label, train and delete.";
      if (isLocal) return `Open to anyone through a proxy on this machine. ${warning}`;
      return `Open to anyone on the network. ${warning} From a phone or another computer: ${urls(port).join(" or ")}`;
    },
  };
}

function notOpen({ hostname, port }: HttpAddress): UsageError {
  return new UsageError(
    `Cannot listen on ${hostInUrl(hostname)}:${port}: there are no accounts, so anyone who can reach this machine could label, train and delete; add --open-to-anyone (access: anyone in server.yml) to allow that, or listen on 127.0.0.1`,
  );
}
