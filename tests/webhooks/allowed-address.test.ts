import { expect, test } from "bun:test";
import { isAllowedAddress } from "../../src/webhooks/allowed-address.ts";

test.each([
  ...["127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"],
  ...["100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "192.0.2.1", "198.18.0.1"],
  ...["::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1"],
  ...["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:7f00:1"],
])("isAllowedAddress() refuses %s unless private addresses are allowed", (address) => {
  expect(isAllowedAddress(address, false)).toBe(false);
  expect(isAllowedAddress(address, true)).toBe(true);
});

test("isAllowedAddress() allows addresses of the public internet, and nothing that is no address", () => {
  for (const address of ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]) {
    expect(isAllowedAddress(address, false)).toBe(true);
  }
  for (const address of ["", "localhost", "1.2.3.4.5", "nothing"])
    expect(isAllowedAddress(address, true)).toBe(false);
});
