import type { Page } from "playwright-core";
import { createPasswords } from "../../src/access/passwords.ts";
import { createPeople } from "../../src/access/people.ts";
import { MACHINE } from "../../src/domain/access/identity.ts";
import { loadProject, openProjectStore } from "../../src/project/project.ts";
import { PASSWORD } from "./accounts-app.ts";
import { runtime } from "./run-project.ts";
import { settled } from "./settled.ts";

/** A page by which someone comes in, or that only someone who is in sees. */
export interface DoorPage {
  /** For the name of a picture. */
  name: string;
  /** Opens it, in a browser in which nobody is logged in before the first of them. */
  open(page: Page): Promise<void>;
}

/**
 * Gives a project an admin, an operator, links and an invitation, before its server starts.
 * @returns the pages of the door, in the order in which they can be opened. @param url of the server, once it runs.
 */
export async function peopleOfProject(dir: string, url: () => string): Promise<DoorPage[]> {
  const store = await openProjectStore(runtime, await loadProject(runtime, { dir }));
  try {
    const people = createPeople({
      ...{ store: store.access, clock: { now: () => new Date() }, monotonicMs: () => performance.now() },
      passwords: createPasswords({ memoryCost: 8, timeCost: 1 }),
    });
    const nowhere = { address: null, agent: null };
    const admin = await people.adminLink(MACHINE.actor);
    await people.becomeAdmin(admin, { name: "佐藤 健", password: PASSWORD }, nowhere);
    const { secret } = await people.addAccount({ name: "Annemarie", role: "operator" }, MACHINE);
    await people.choosePassword(secret, PASSWORD, nowhere);
    const added = await people.addAccount({ name: "Emil", role: "labeller" }, MACHINE);
    const invited = { title: "3 年 2 組", role: "labeller" as const, hours: 3, mostUses: 40 };
    const { secret: invitation } = await people.invite(invited, MACHINE);
    return doorPages(url, {
      ...{ welcome: added.secret, admin: await people.adminLink(MACHINE.actor), invitation },
    });
  } finally {
    await store.close();
  }
}

function doorPages(
  url: () => string,
  { welcome, admin, invitation }: { welcome: string; admin: string; invitation: string },
): DoorPage[] {
  const at = (path: string) => async (page: Page) => {
    await page.goto(url() + path);
    await settled(page);
  };
  const submit = async (page: Page, action: string, fields: Record<string, string>) => {
    const form = page.locator(`form[action="${action}"]`);
    for (const [name, value] of Object.entries(fields)) {
      const field = form.locator(`[name="${name}"]`);
      if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption(value);
      else await field.fill(value);
    }
    await Promise.all([page.waitForEvent("load"), form.locator('[type="submit"]').click()]);
    await settled(page);
  };
  const logIn = (page: Page, password: string) => submit(page, "/log-in", { name: "Annemarie", password });
  let tokens = 0;
  return [
    { name: "log-in", open: at("/log-in") },
    { name: "log-in-refused", open: (page) => logIn(page, "not this one") },
    { name: "welcome-admin", open: at(`/welcome/${admin}`) },
    { name: "welcome-account", open: at(`/welcome/${welcome}`) },
    {
      name: "welcome-refused",
      open: (page) =>
        submit(page, `/welcome/${welcome}`, { password: "four words enough", again: "another one" }),
    },
    { name: "join", open: at(`/join/${invitation}`) },
    { name: "link-gone", open: at("/join/none") },
    {
      name: "account",
      async open(page) {
        await at("/log-in?next=/account")(page);
        await logIn(page, PASSWORD);
      },
    },
    {
      name: "account-token",
      open(page) {
        tokens += 1;
        return submit(page, "/account/tokens", { name: `scanner ${tokens}`, role: "labeller" });
      },
    },
    { name: "log-in-again", open: at("/log-in") },
    { name: "draw-account", open: at("/") },
    { name: "runs-account", open: at("/runs") },
  ];
}
