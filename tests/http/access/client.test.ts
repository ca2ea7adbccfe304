import { expect, test } from "bun:test";
import { Hono } from "hono";
import { addressesIn, limitKey } from "../../../src/domain/access/network.ts";
import { clientOf, type Trust } from "../../../src/http/access/client.ts";

async function clientWith(
  peer: string | null | undefined,
  headers: Record<string, string> = {},
  trust: Partial<Trust> = {},
) {
  const all: Trust = { thisMachine: true, isProxy: () => false, isEncrypted: false, ...trust };
  const app = new Hono().get("/", (c) => c.json(clientOf(c, all)));
  const env = peer === undefined ? undefined : { peer };
  return (await app.request("/", { headers: { host: "localhost", ...headers } }, env)).json();
}

const PROXIES = { isProxy: addressesIn(["10.0.0.0/8", "fd00::1"]) };

test("clientOf() is this machine without a connection, and from loopback to loopback", async () => {
  expect(await clientWith(undefined)).toEqual({ address: null, isEncrypted: false, isThisMachine: true });
  for (const peer of ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
    expect(await clientWith(peer)).toMatchObject({ isThisMachine: true });
  expect(await clientWith("192.0.2.1")).toMatchObject({ address: "192.0.2.1", isThisMachine: false });
  expect(await clientWith("127.0.0.1", { host: "tegaki.example" })).toMatchObject({ isThisMachine: false });
});

test("clientOf() never believes a header of someone who is not a trusted proxy", async () => {
  const headers = { "x-forwarded-for": "10.1.1.1", "x-forwarded-proto": "https" };
  expect(await clientWith("192.0.2.1", headers, PROXIES)).toEqual({
    ...{ address: "192.0.2.1", isEncrypted: false, isThisMachine: false },
  });
  expect(await clientWith("127.0.0.1", headers)).toMatchObject({
    ...{ address: "127.0.0.1", isEncrypted: false, isThisMachine: false },
  });
});

test.each<[string, string | undefined, string]>([
  ["no header", undefined, "10.0.0.7"],
  ["one client", "198.51.100.4", "198.51.100.4"],
  ["what the client made up, before its address", "1.1.1.1, 127.0.0.1, 198.51.100.4", "198.51.100.4"],
  ["further trusted proxies", "198.51.100.4, 10.9.9.9, 10.0.0.8", "198.51.100.4"],
  ["an IPv6 client", "2001:db8::5", "2001:db8::5"],
  ["a bracketed client with a port", "[2001:db8::5]:4711", "2001:db8::5"],
  ["an IPv4 client with a port", "198.51.100.4:4711", "198.51.100.4"],
  ["an IPv4 client on a socket of both kinds", "::ffff:198.51.100.4", "198.51.100.4"],
  ["nonsense", "unknown", "10.0.0.7"],
  ["nonsense before a proxy", "<script>, 10.0.0.9", "10.0.0.9"],
  ["a host name", "evil.example", "10.0.0.7"],
  ["nothing", "", "10.0.0.7"],
])("behind a trusted proxy, X-Forwarded-For with %s is read from the right", async (_, list, address) => {
  const headers: Record<string, string> = list === undefined ? {} : { "x-forwarded-for": list };
  expect(await clientWith("10.0.0.7", headers, PROXIES)).toMatchObject({ address, isThisMachine: false });
});

test("a trusted proxy says whether the connection to it is encrypted; the last one counts", async () => {
  const proto = (value: string) => clientWith("fd00::1", { "x-forwarded-proto": value }, PROXIES);
  expect(await proto("https")).toMatchObject({ isEncrypted: true });
  expect(await proto("https, http")).toMatchObject({ isEncrypted: false });
  expect(await clientWith("fd00::1", {}, PROXIES)).toMatchObject({ isEncrypted: false });
});

test("a request through a trusted proxy on this machine is never of this machine", async () => {
  const trust = { isProxy: addressesIn(["127.0.0.1"]) };
  expect(await clientWith("127.0.0.1", {}, trust)).toMatchObject({ isThisMachine: false });
});

test("a thousand hops cost no more than twenty, and the last trusted one is the address", async () => {
  const hops = new Array(1_000).fill("10.0.0.9").join(",");
  expect(await clientWith("10.0.0.7", { "x-forwarded-for": hops }, PROXIES)).toMatchObject({
    address: "10.0.0.9",
  });
});

test("limitKey() counts an IPv6 network as one end, and each IPv4 address", () => {
  expect(limitKey("192.0.2.1")).toBe("192.0.2.1");
  expect(limitKey(null)).toBe("unknown");
  for (const address of ["2001:db8:1:2::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:ffff::"])
    expect(limitKey(address)).toBe("2001:db8:1:2::/64");
  expect(limitKey("2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(limitKey("::1")).toBe("0:0:0:0::/64");
});
