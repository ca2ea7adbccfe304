import { describe, expect, test } from "bun:test";
import type { Hono } from "hono";
import { createTestApp, STROKES } from "../../support/test-app.ts";

const LABELLED = { ...STROKES, label: "1" };

describe("security headers", () => {
  test.each(["/livez", "/api/v1/samples", "/nowhere", "/api/v1/samples/unknown"])(
    "GET %s trusts nothing but this server",
    async (path) => {
      const { send } = await createTestApp();
      const { headers } = await send("GET", path);
      expect(headers.get("content-security-policy")).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
          "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
      );
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("permissions-policy")).toContain("camera=()");
      expect(headers.has("access-control-allow-origin")).toBe(false);
    },
  );

  test("a server that speaks TLS asks for it the next time, but not for all programs of its own machine", async () => {
    const trust = { thisMachine: true, isProxy: () => false, isEncrypted: true };
    const { send } = await createTestApp({ trust, isOurHost: () => true });
    const header = async (host: string) =>
      (await send("GET", "/livez", undefined, { host })).headers.get("strict-transport-security");
    expect(await header("tegaki.example.org")).toBe("max-age=31536000");
    expect(await header("localhost:8443")).toBeNull();
    const plain = await createTestApp({ isOurHost: () => true });
    const response = await plain.send("GET", "/livez", undefined, { host: "tegaki.example.org" });
    expect(response.headers.get("strict-transport-security")).toBeNull();
  });

  test("every response has a request id, and a problem names it", async () => {
    const { send } = await createTestApp();
    const response = await send("GET", "/api/v1/samples/unknown", undefined, { "x-request-id": "abc-1" });
    expect(response.headers.get("x-request-id")).toBe("abc-1");
    expect(await response.json()).toMatchObject({ request_id: "abc-1" });
  });
});

describe("allowed hosts", () => {
  test.each([
    ["evil.example", 421],
    ["localhost.evil.example:8000", 421],
    ["192.168.1.5:8000", 421],
    ["localhost@evil.example", 400],
    ["evil.example#localhost", 400],
    ["localhost, evil.example", 400],
    ["localhost:99999", 400],
    ["[::", 400],
    ["a b", 400],
    ["", 400],
  ])("a request for host %p is refused with %d when only loopback is served", async (host, status) => {
    const { send } = await createTestApp();
    const response = await send("GET", "/api/v1/samples", undefined, { host });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
  });

  test.each(["localhost", "localhost:8000", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"])(
    "a request for host %p is answered",
    async (host) => {
      const { send } = await createTestApp();
      expect((await send("GET", "/api/v1/samples", undefined, { host })).status).toBe(200);
    },
  );
});

describe("access: local", () => {
  const from = (app: Hono, peer: string | null, headers: Record<string, string> = {}) =>
    app.request("/api/v1/samples", { headers: { host: "localhost", ...headers } }, { peer });

  test.each(["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])(
    "a request from %s is answered",
    async (peer) => {
      const { app } = await createTestApp();
      expect((await from(app, peer)).status).toBe(200);
    },
  );

  test.each(["192.168.1.5", "::ffff:192.168.1.5", "fd00::1", "128.0.0.1", "", null])(
    "a request from %p has to log in (401)",
    async (peer) => {
      const { app } = await createTestApp();
      expect((await from(app, peer)).status).toBe(401);
    },
  );

  test.each<Record<string, string>>([
    { forwarded: "for=192.0.2.60" },
    { "x-forwarded-for": "127.0.0.1" },
    { "x-forwarded-host": "localhost" },
    { "x-forwarded-proto": "https" },
    { "x-real-ip": "127.0.0.1" },
    { via: "1.1 proxy" },
    { "X-Forwarded-For": "" },
  ])("a request that a proxy on this machine passes on with %p has to log in (401)", async (headers) => {
    const { app } = await createTestApp();
    const response = await from(app, "127.0.0.1", headers);
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe('Bearer realm="tegaki"');
    expect((await response.json()) as object).toMatchObject({
      detail: expect.stringContaining("Log in first"),
    });
  });

  test("a request for a host that is ours but is not loopback has to log in (401)", async () => {
    const { app } = await createTestApp({ isOurHost: () => true });
    expect((await from(app, "127.0.0.1", { host: "tegaki.example" })).status).toBe(401);
  });

  test("the page to log in has its style: assets are sent to everyone, unless the host is not ours", async () => {
    const asset = { body: new Uint8Array(1), etag: '"1"', contentType: "text/css" };
    const { app } = await createTestApp({ assets: new Map([["style.css", asset]]) });
    const get = (host: string) =>
      app.request("/assets/style.css", { headers: { host, via: "1.1 proxy" } }, { peer: "192.168.1.5" });
    expect((await get("localhost")).status).toBe(200);
    expect((await get("evil.example")).status).toBe(421);
  });

  test("access: anyone shows all of them the drawings", async () => {
    const { app } = await createTestApp({ isOurHost: () => true, access: "anyone" });
    for (const peer of ["192.168.1.5", "127.0.0.1", null]) {
      const response = await from(app, peer, { host: "tegaki.example", "x-forwarded-for": "192.0.2.60" });
      expect(response.status).toBe(200);
    }
  });
});

const CROSS_SITE: Record<string, string>[] = [
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { "sec-fetch-site": "cross-site", origin: "http://localhost" },
  { "sec-fetch-site": "bogus" },
  { origin: "https://evil.example" },
  { origin: "null" },
  { origin: "http://localhost:9999" },
  { origin: "http://localhost.evil.example" },
];
const CONTENT_TYPES = ["application/json", "text/plain", "application/x-www-form-urlencoded", null];

describe("cross-site requests", () => {
  for (const headers of CROSS_SITE) {
    test(`POST /samples with ${JSON.stringify(headers)} is refused with 403 and stores nothing, for any content type`, async () => {
      const { app, store } = await createTestApp();
      for (const type of CONTENT_TYPES) {
        const body = new TextEncoder().encode(JSON.stringify(LABELLED));
        const sent = type === null ? headers : { ...headers, "content-type": type };
        const response = await app.request("/api/v1/samples", { method: "POST", headers: sent, body });
        expect(response.status).toBe(403);
        expect(response.headers.get("content-type")).toBe("application/problem+json");
      }
      expect((await store.samples.stats()).total).toBe(0);
    });
  }

  test.each(["PATCH", "DELETE", "PUT"])("%s is refused with 403 as well", async (method) => {
    const { send } = await createTestApp();
    const response = await send(method, "/api/v1/samples/x", undefined, { "sec-fetch-site": "cross-site" });
    expect(response.status).toBe(403);
  });

  test.each<Record<string, string>>([
    {},
    { "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none" },
    { origin: "http://localhost" },
    { origin: "http://localhost:80" },
  ])("POST /samples with %p is stored", async (headers) => {
    const { send } = await createTestApp();
    expect((await send("POST", "/api/v1/samples", LABELLED, headers)).status).toBe(201);
  });

  test("GET from another site is served, because it changes nothing", async () => {
    const { send } = await createTestApp();
    const response = await send("GET", "/api/v1/samples", undefined, { "sec-fetch-site": "cross-site" });
    expect(response.status).toBe(200);
  });
});
