import { expect, test } from "bun:test";
import { cookieOf, createAccountsApp } from "../../../support/accounts-app.ts";

test("GET /join says what the invitation is for, what is stored and how long it lasts, and counts nobody", async () => {
  const app = await createAccountsApp();
  const secret = await app.invitation("Class 3b", "labeller", 1);
  for (let i = 0; i < 3; i++) {
    const html = await (await app.get(`/join/${secret}`)).text();
    expect(html).toContain("<h1>Class 3b</h1>");
    expect(html).toContain("What you draw is stored together with this name.");
    expect(html).toContain("another 3 h");
  }
  expect((await app.post(`/join/${secret}`, { name: "Mia" })).status).toBe(303);
});

test("POST /join lets someone in by a name, with the role of the invitation", async () => {
  const app = await createAccountsApp();
  const response = await app.post(`/join/${await app.invitation("Class 3b")}`, { name: "  Mia " });
  expect([response.status, response.headers.get("location")]).toEqual([303, "/"]);
  const mia = cookieOf(response);
  expect(await (await app.get("/account", mia)).text()).toContain("You are here as Mia, by an invitation.");
  expect((await app.get("/", mia)).status).toBe(200);
  expect((await app.get("/settings", mia)).status).toBe(403);
  expect((await app.recorded("invitation.use"))[0]).toMatchObject({
    ...{ actor: { kind: "session", name: "Mia" }, target: "1", detail: { title: "Class 3b" } },
  });
});

test("POST /join shows the form again with 409 when the name is taken, by an account or a guest, and takes no place", async () => {
  const app = await createAccountsApp();
  await app.someone("Ann", "viewer");
  const path = `/join/${await app.invitation("Class 3b", "labeller", 2)}`;
  await app.post(path, { name: "Mia" });
  for (const name of ["ann", "MIA"]) {
    const response = await app.post(path, { name });
    expect(response.status).toBe(409);
    const html = await response.text();
    expect(html).toContain(`Someone else is called &quot;${name}&quot; here`);
    expect(html).toContain(`value="${name}"`);
  }
  expect((await app.post(path, { name: "Tom" })).status).toBe(303);
  expect((await app.get(path)).status).toBe(404);
});

test("GET /join offers someone who is here already to go on, and POST /join makes him someone else", async () => {
  const app = await createAccountsApp();
  const path = `/join/${await app.invitation("Class 3b")}`;
  const mia = cookieOf(await app.post(path, { name: "Mia" }));
  const html = await (await app.get(path, mia)).text();
  expect(html).toContain("Continue as Mia");
  const tom = cookieOf(await app.post(path, { name: "Tom" }, mia));
  expect(await (await app.get("/account", tom)).text()).toContain("You are here as Tom");
  expect((await app.get("/account", mia)).status).toBe(303);
  expect((await app.post(path, { name: "Mia" })).status).toBe(303);
});

test("GET /join is Japanese for who reads Japanese", async () => {
  const app = await createAccountsApp();
  const response = await app.get(`/join/${await app.invitation("3 年 2 組")}`, "", {
    "accept-language": "ja",
  });
  expect(await response.text()).toContain("招待の有効期限まであと 3 時間です。");
});
