import { BlockList, isIP } from "node:net";

/** An IP address, or a network of them. */
export interface Network {
  address: string;
  /** Bits that are the same in all of its addresses; those of the whole address when it is one. */
  prefix: number;
  family: "ipv4" | "ipv6";
}

/** Reads "10.0.0.0/8" or "fd00::1". @returns null when it is neither an address nor a network, and for all addresses. */
export function parseNetwork(written: string): Network | null {
  const [address = "", bits, ...more] = written.trim().split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0) return null;
  const most = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (!(prefix >= 1 && prefix <= most)) return null;
  return { address, prefix, family: version === 4 ? "ipv4" : "ipv6" };
}

/** Returns a function that tells whether an address is in one of the networks. @throws TypeError for one that is neither. */
export function addressesIn(networks: readonly string[]): (address: string) => boolean {
  if (networks.length === 0) return () => false;
  const list = new BlockList();
  for (const written of networks) {
    const network = parseNetwork(written);
    if (network === null) throw new TypeError(`${written} is neither an IP address nor a network`);
    list.addSubnet(network.address, network.prefix, network.family);
  }
  return (address) => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 4 ? "ipv4" : "ipv6");
  };
}

/** Returns what limits count as one end: the address, and of IPv6 the network, because one end has 2^64 addresses. */
export function limitKey(address: string | null): string {
  if (address === null) return "unknown";
  if (!address.includes(":")) return address;
  const [head = "", tail = ""] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const missing = 8 - groups.length - (tail === "" ? 0 : tail.split(":").length);
  const full = address.includes("::")
    ? [...groups, ...new Array(Math.max(0, missing)).fill("0"), ...(tail === "" ? [] : tail.split(":"))]
    : groups;
  return `${full.slice(0, 4).join(":")}::/64`;
}
