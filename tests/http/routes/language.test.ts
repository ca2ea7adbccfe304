import { expect, test } from "bun:test";
import { createTestApp } from "../../support/test-app.ts";

async function choose(fields: Record<string, string>): Promise<Response> {
  const { app } = await createTestApp();
  return app.request("/language", { method: "POST", body: new URLSearchParams(fields) });
}

test("POST /language remembers the language and goes back to the page", async () => {
  const response = await choose({ language: "ja", back: "/runs?cursor=abc" });
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("/runs?cursor=abc");
  expect(response.headers.get("set-cookie")).toMatch(/^lang=ja;.*SameSite=Lax/i);
});

test("GET / prefers the language of the cookie to that of the browser", async () => {
  const { app } = await createTestApp();
  const headers = { cookie: "lang=ja", "accept-language": "en" };
  expect(await (await app.request("/", { headers })).text()).toContain('<html lang="ja">');
});

test("POST /language ignores a language that it does not speak", async () => {
  const response = await choose({ language: "tlh", back: "/" });
  expect(response.headers.get("set-cookie")).toBeNull();
});

test("POST /language never leads to another site", async () => {
  for (const back of ["//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nx: y", ""]) {
    expect((await choose({ language: "en", back })).headers.get("location")).toBe("/");
  }
});
