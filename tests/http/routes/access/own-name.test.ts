import { expect, test } from "bun:test";
import { cookieOf, createAccountsApp } from "../../../support/accounts-app.ts";

const fieldOf = (html: string) => /<input id="writer"[^>]*>/.exec(html)?.[0] ?? "";

test.each(["/", "/label/unlabelled"])(
  "GET %s has the name of an account as a proposal, and that of a guest fixed",
  async (path) => {
    const app = await createAccountsApp();
    const ann = fieldOf(await (await app.get(path, await app.someone("Ann", "labeller"))).text());
    expect(ann).toContain('value="Ann"');
    expect(ann).not.toContain("readonly");
    const joined = await app.post(`/join/${await app.invitation("Class 3b")}`, { name: "Mia" });
    const mia = fieldOf(await (await app.get(path, cookieOf(joined))).text());
    expect(mia).toContain('value="Mia" readonly=""');
  },
);

test("GET / has an empty field for the name of visitors, and on the computer on which tegaki runs", async () => {
  const open = await createAccountsApp({ access: "anyone" });
  expect(fieldOf(await (await open.get("/")).text())).not.toContain("value");
  const trust = { thisMachine: true, isProxy: () => false, isEncrypted: false };
  const here = await createAccountsApp({ trust });
  expect(fieldOf(await (await here.get("/")).text())).not.toContain("value");
});
