import { expect, test } from "bun:test";
import { parseHttpAddress } from "../../src/config/address.ts";
import { UsageError } from "../../src/lib/errors.ts";
import { type Machine, reachOf, thisMachine } from "../../src/server/reach.ts";

const MACHINE: Machine = { name: "classroom", addresses: () => ["192.168.1.5", "fd00::5"] };
const reach = (address: string, access: "local" | "anyone", hosts: string[] = [], machine = MACHINE) =>
  reachOf(parseHttpAddress(address), access, hosts, machine);

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

test.each(OTHERS)("access: local refuses to listen on %s, in one sentence that names the flag", (address) => {
  const refused = () => reach(address, "local");
  expect(refused).toThrow(UsageError);
  expect(refused).toThrow(/^Cannot listen on [^ ]+: there are no accounts, [^.]*--open-to-anyone[^\n]*$/);
});

test("access: anyone listens on each of them", () => {
  for (const address of [...LOOPBACK, ...OTHERS]) expect(reach(address, "anyone").access).toBe("anyone");
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

test("describe() gives the URLs for a phone, IPv6 in brackets, and says that there are no accounts", () => {
  const text = reach("0.0.0.0:8000", "anyone", ["tegaki.example.org"]).describe(8000);
  expect(text).toContain("There are no accounts: anyone who can reach it can label, train and delete.");
  expect(text).toEndWith(
    "http://192.168.1.5:8000 or http://[fd00::5]:8000 or http://classroom:8000 or http://tegaki.example.org:8000",
  );
  expect(reach("127.0.0.1:1", "anyone").describe(1)).toStartWith(
    "Open to anyone through a proxy on this machine.",
  );
});

test("urls() are those for other devices: none of a local server, and none behind a proxy", () => {
  expect(reach("0.0.0.0:8000", "anyone").urls(8001)).toEqual([
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
