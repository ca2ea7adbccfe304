import { expect, test } from "bun:test";
import { parseHttpAddress } from "../../src/config/address.ts";
import { type Access, type Machine, reachOf, thisMachine } from "../../src/server/reach.ts";

const MACHINE: Machine = { name: "classroom", addresses: () => ["192.168.1.5", "fd00::5"] };
const reach = (
  address: string,
  access: Access,
  allowedHosts: string[] = [],
  machine = MACHINE,
  more: { trustedProxies?: string[]; isEncrypted?: boolean } = {},
) =>
  reachOf(
    parseHttpAddress(address),
    { access, allowedHosts, trustedProxies: [], isEncrypted: false, ...more },
    machine,
  );

const LOOPBACK = [
  "127.0.0.1:1",
  "localhost:1",
  "LOCALHOST:1",
  "127.3.4.5:1",
  "127.1:1",
  "[::1]:1",
  "[0:0:0:0:0:0:0:1]:1",
];
const OTHERS = [
  ...[
    "0.0.0.0:1",
    "0:1",
    "[::]:1",
    "[0::0]:1",
    "192.168.1.5:1",
    "[fd00::5]:1",
    "classroom:1",
    "[::ffff:192.168.1.5]:1",
  ],
  ...["localhost.example.org:1", "127.0.0.1.example.org:1"],
];

test.each(LOOPBACK)("access: local listens on %s, and is reached by loopback names only", (address) => {
  const { isOurHost, describe } = reach(address, "local");
  for (const name of ["localhost", "127.0.0.1", "::1"]) expect(isOurHost(name)).toBe(true);
  for (const name of ["classroom", "192.168.1.5", "evil.example"]) expect(isOurHost(name)).toBe(false);
  expect(describe(1)).toBe("Only this machine can reach it.");
});

test.each(OTHERS)("access: local on %s opens it to others, who log in; this machine need not", (address) => {
  const { isOpen, trust, describe } = reach(address, "local");
  expect({ isOpen, thisMachine: trust.thisMachine }).toEqual({ isOpen: true, thisMachine: true });
  expect(describe(1)).toStartWith("It is open to the network. People log in.");
});

test("access: anyone says that anyone may draw and label, and no more", () => {
  for (const address of OTHERS) {
    const { access, describe } = reach(address, "anyone");
    expect(access).toBe("anyone");
    expect(describe(1)).toContain("Anyone who reaches it may draw and label; for more, people log in.");
  }
});

test.each<[string, string, Access, string[], string[], boolean]>([
  ["nobody else reaches it", "127.0.0.1:1", "local", [], [], true],
  ["the network reaches it", "0.0.0.0:1", "local", [], [], true],
  ["anyone on the network may draw", "0.0.0.0:1", "anyone", [], [], true],
  ["everyone has an account", "127.0.0.1:1", "accounts", [], [], false],
  ["everyone on the network has an account", "0.0.0.0:1", "accounts", [], [], false],
  ["a proxy is trusted", "0.0.0.0:1", "local", [], ["10.0.0.7"], false],
  ["a proxy on this machine is trusted", "127.0.0.1:1", "local", [], ["127.0.0.1"], false],
  ["only a proxy on this machine can have its name", "127.0.0.1:1", "local", ["a.example"], [], false],
  ["only a proxy on this machine can let anyone in", "127.0.0.1:1", "anyone", [], [], false],
])("when %s, this machine needs %4$no account", (_, address, access, hosts, trustedProxies, isTrusted) => {
  expect(reach(address, access, hosts, MACHINE, { trustedProxies }).trust.thisMachine).toBe(isTrusted);
});

test("trust.isProxy() is true for the addresses and networks of trusted_proxies only", () => {
  const { trust } = reach("0.0.0.0:1", "local", [], MACHINE, {
    trustedProxies: ["10.0.0.0/8", "fd00::1", "192.0.2.7"],
  });
  for (const address of ["10.1.2.3", "fd00::1", "192.0.2.7"]) expect(trust.isProxy(address)).toBe(true);
  for (const address of ["11.1.2.3", "fd00::2", "192.0.2.8", "", "x"])
    expect(trust.isProxy(address)).toBe(false);
});

test("warning is about a server without TLS that others reach, and not about one behind a named proxy", () => {
  expect(reach("0.0.0.0:1", "local").warning).toStartWith(
    "Without TLS, others on the network can read passwords",
  );
  expect(reach("127.0.0.1:1", "accounts").warning).toBeNull();
  expect(reach("0.0.0.0:1", "local", [], MACHINE, { isEncrypted: true }).warning).toBeNull();
  expect(reach("0.0.0.0:1", "local", [], MACHINE, { trustedProxies: ["10.0.0.7"] }).warning).toBeNull();
});

test.each(["0.0.0.0:8000", "[::]:8000"])(
  "%s has the names and addresses of the machine, and no others",
  (address) => {
    const { isOurHost } = reach(address, "anyone", ["tegaki.example.org"]);
    const ours = ["localhost", "127.0.0.1", "::1", "classroom", "classroom.local", "192.168.1.5", "fd00::5"];
    for (const name of [...ours, "tegaki.example.org"]) expect([name, isOurHost(name)]).toEqual([name, true]);
    for (const name of ["evil.example", "192.168.1.6", "classroom.evil.example", ""])
      expect(isOurHost(name)).toBe(false);
  },
);

test("an address that the machine gets while the server runs is its own", () => {
  const addresses = ["192.168.1.5"];
  const { isOurHost } = reach("0.0.0.0:8000", "anyone", [], {
    name: "classroom",
    addresses: () => addresses,
  });
  expect(isOurHost("10.0.0.7")).toBe(false);
  addresses[0] = "10.0.0.7";
  expect(isOurHost("10.0.0.7")).toBe(true);
});

test("one address of the machine has that name only", () => {
  const { isOurHost } = reach("192.168.1.5:8000", "anyone");
  expect(isOurHost("192.168.1.5")).toBe(true);
  for (const name of ["localhost", "127.0.0.1", "fd00::5", "classroom"]) expect(isOurHost(name)).toBe(false);
});

test("describe() gives the URLs for a phone, of the kinds of addresses that it listens on", () => {
  expect(reach("0.0.0.0:8000", "anyone", ["tegaki.example.org"]).describe(8000)).toEndWith(
    "http://192.168.1.5:8000 or http://classroom:8000 or http://tegaki.example.org:8000",
  );
  const encrypted = reach("192.168.1.5:8000", "accounts", [], MACHINE, { isEncrypted: true });
  expect(encrypted.describe(8000)).toEndWith("https://192.168.1.5:8000");
  expect(reach("127.0.0.1:1", "anyone").describe(1)).toStartWith(
    "It is reached through a proxy, or from this machine.",
  );
});

test("urls() are those for other devices: none of a local server, and none behind a proxy", () => {
  expect(reach("0.0.0.0:8000", "anyone").urls(8001)).toEqual([
    "http://192.168.1.5:8001",
    "http://classroom:8001",
  ]);
  expect(reach("[::]:8000", "anyone").urls(8001)).toEqual([
    "http://192.168.1.5:8001",
    "http://[fd00::5]:8001",
    "http://classroom:8001",
  ]);
  expect(reach("192.168.1.5:8000", "anyone").urls(8000)).toEqual(["http://192.168.1.5:8000"]);
  expect(reach("127.0.0.1:8000", "local").urls(8000)).toEqual([]);
  expect(reach("127.0.0.1:8000", "anyone", ["tegaki.example.org"]).urls(8000)).toEqual([]);
});

test("thisMachine has no loopback and no link-local address", () => {
  for (const address of thisMachine.addresses()) expect(address).not.toMatch(/^(?:127\.|::1$|fe80:)/);
});
