import ipaddr from "ipaddr.js";

/**
 * Whether an address may be called: of the public internet only, unless private ones are allowed. Loopback, link-local
 * (also of cloud metadata services), private, reserved and multicast ranges are not; an IPv4 address within an IPv6 one
 * counts as itself.
 */
export function isAllowedAddress(address: string, allowPrivate: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  if (allowPrivate) return true;
  return ipaddr.process(address).range() === "unicast";
}
