/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { PeoplePage, type PeoplePageProps } from "../../../../views/pages/people/people.tsx";
import { LINK_HOURS } from "../../../access/people.ts";
import type { Account } from "../../../domain/access/account.ts";
import { ROLES, type Role } from "../../../domain/access/role.ts";
import { noteAction } from "../../access/audit.ts";
import { identityOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { notOneOf } from "../../expected.ts";
import { formFields } from "../../middleware/form.ts";
import { pageProps } from "../reader.ts";
import { seeOther } from "../see-other.ts";
import { linkUrls } from "./link-urls.ts";
import { idIn, refusalOf } from "./page-parts.ts";

type Shown = Partial<Pick<PeoplePageProps, "link" | "problem" | "name">>;
const HOUR_MS = 3_600_000;

/** `/people`: the accounts, with everyone's sessions and tokens. Only the response that makes a link has its secret. */
export function createAccountsRoutes(deps: AppDeps): Hono {
  const { people, clock } = deps;

  async function page(c: Context, shown: Shown = {}, status: 200 | 400 | 403 | 404 | 409 = 200) {
    const [accounts, sessions, tokens] = await Promise.all([
      people.store.accounts(),
      people.store.sessions(),
      people.store.tokens(),
    ]);
    const props: PeoplePageProps = {
      ...{ ...pageProps(c, deps.version), path: "/people", accounts, sessions, tokens },
      ...{ access: deps.access, isMachineTrusted: deps.trust.thisMachine, now: clock.now().toISOString() },
      ...{ self: identityOf(c), done: c.req.query("done") ?? null, openCommand: deps.process.openCommand },
      ...{ link: null, problem: null, name: "", ...shown },
    };
    return c.html(`<!doctype html>${await PeoplePage(props)}`, status);
  }

  /** Does what a form asks for; what is refused is said on the page. */
  async function said(c: Context, act: () => Promise<Response>, shown: Shown = {}): Promise<Response> {
    try {
      return await act();
    } catch (error) {
      const { message, status } = refusalOf(c, error);
      return page(c, { ...shown, problem: message }, status);
    }
  }

  const done = (c: Context, what: string) => seeOther(c, `/people?done=${what}`);

  const withLink = (c: Context, { account, secret }: { account: Account; secret: string }) =>
    page(c, {
      link: {
        name: account.name,
        ...linkUrls(c, deps, `/welcome/${secret}`),
        until: new Date(clock.now().getTime() + LINK_HOURS * HOUR_MS).toISOString(),
        isEncrypted: c.get("client").isEncrypted,
      },
    });

  return new Hono()
    .get("/", (c) => page(c))
    .post("/", async (c) => {
      const { name = "", role } = await formFields(c);
      const add = async () => {
        const added = await people.addAccount({ name, role: roleOf(role) }, identityOf(c));
        const { id, name: stored, role: given } = added.account;
        noteAction(c, { target: String(id), detail: { name: stored, role: given } });
        return withLink(c, added);
      };
      return said(c, add, { name });
    })
    .post("/:id/role", async (c) => {
      const { role } = await formFields(c);
      return said(c, async () => {
        const id = idIn(c);
        const to = roleOf(role);
        const from = (await people.store.account(id))?.role ?? null;
        const { name } = await people.changeAccount(id, { role: to }, identityOf(c));
        noteAction(c, { detail: { name, from, to } });
        return done(c, "role");
      });
    })
    .post("/:id/link", async (c) => {
      await formFields(c);
      return said(c, async () => {
        const made = await people.passwordLink(idIn(c), identityOf(c));
        noteAction(c, { detail: { name: made.account.name } });
        return withLink(c, made);
      });
    })
    .post("/:id/disable", (c) => switched(c, true))
    .post("/:id/enable", (c) => switched(c, false))
    .post("/:id/remove", async (c) => {
      await formFields(c);
      return said(c, async () => {
        const { name, role } = await people.removeAccount(idIn(c), identityOf(c));
        noteAction(c, { detail: { name, role } });
        return done(c, "remove");
      });
    })
    .post("/sessions/:id/end", async (c) => {
      await formFields(c);
      return said(c, async () => {
        const { name } = await people.endSession(idIn(c), identityOf(c));
        noteAction(c, { detail: { account: name } });
        return done(c, "session");
      });
    })
    .post("/tokens/:id/revoke", async (c) => {
      await formFields(c);
      return said(c, async () => {
        const { name, accountName } = await people.revokeToken(idIn(c), identityOf(c));
        noteAction(c, { detail: { name, account: accountName } });
        return done(c, "token");
      });
    });

  async function switched(c: Context, isDisabled: boolean): Promise<Response> {
    await formFields(c);
    return said(c, async () => {
      const { name } = await people.changeAccount(idIn(c), { isDisabled }, identityOf(c));
      noteAction(c, { detail: { name } });
      return done(c, isDisabled ? "disable" : "enable");
    });
  }
}

/** @throws InputError for a role that is not known. */
function roleOf(given: string | undefined): Role {
  const role = ROLES.find((one) => one === given);
  if (role === undefined) throw notOneOf("role", ROLES, given);
  return role;
}
