import { expect, test } from "bun:test";
import { parseHttpAddress } from "../../src/config/address.ts";
import { UsageError } from "../../src/lib/errors.ts";

test.each([
  ["127.0.0.1:8000", "127.0.0.1", 8000],
  ["localhost:0", "localhost", 0],
  ["0.0.0.0:65535", "0.0.0.0", 65535],
  ["[::1]:8000", "::1", 8000],
  [" my-host.local:80 ", "my-host.local", 80],
])("parseHttpAddress() reads %p", (text, hostname, port) => {
  expect(parseHttpAddress(text)).toEqual({ hostname, port });
});

test.each([
  "",
  "8000",
  ":8000",
  "localhost",
  "localhost:",
  "localhost:65536",
  "localhost:-1",
  "::1:80",
  "http://x:80",
  "a b:1",
])("parseHttpAddress() refuses %p", (text) => {
  expect(() => parseHttpAddress(text)).toThrow(UsageError);
  expect(() => parseHttpAddress(text)).toThrow(`expected host:port, such as 127.0.0.1:8000, found "${text}"`);
});
