/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import {
  INVITATION_HOURS,
  InvitationsPage,
  type InvitationsPageProps,
} from "../../../../views/pages/people/invitations.tsx";
import { isAtLeast } from "../../../domain/access/role.ts";
import { noteAction } from "../../access/audit.ts";
import { identityOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { notAs, notOneOf } from "../../expected.ts";
import { formFields } from "../../middleware/form.ts";
import { pageProps } from "../reader.ts";
import { seeOther } from "../see-other.ts";
import { linkUrls } from "./link-urls.ts";
import { idIn, refusalOf } from "./page-parts.ts";

type Shown = Partial<Pick<InvitationsPageProps, "handout" | "problem" | "given">>;

/** `/people/invitations`: lets groups in. Only the response that makes an invitation has its link. */
export function createInvitationsRoutes(deps: AppDeps): Hono {
  const { people, clock } = deps;

  async function page(c: Context, shown: Shown = {}, status: 200 | 400 | 403 | 404 | 409 = 200) {
    const [invitations, sessions] = await Promise.all([people.store.invitations(), people.store.sessions()]);
    const props: InvitationsPageProps = {
      ...{ ...pageProps(c, deps.version), path: "/people/invitations", invitations },
      ...{ guests: sessions.filter(({ accountId }) => accountId === null), now: clock.now().toISOString() },
      ...{ isAdmin: isAtLeast(identityOf(c).role, "admin"), done: c.req.query("done") ?? null },
      ...{ isClosed: linkUrls(c, deps, "").isLocal, openCommand: deps.process.openCommand },
      ...{ handout: null, problem: null, given: {}, ...shown },
    };
    return c.html(`<!doctype html>${await InvitationsPage(props)}`, status);
  }

  async function said(c: Context, act: () => Promise<Response>, shown: Shown = {}): Promise<Response> {
    try {
      return await act();
    } catch (error) {
      const { message, status } = refusalOf(c, error);
      return page(c, { ...shown, problem: message }, status);
    }
  }

  const done = (c: Context, what: string) => seeOther(c, `/people/invitations?done=${what}`);

  return new Hono()
    .get("/", (c) => page(c))
    .post("/", async (c) => {
      const { title = "", hours, most_uses } = await formFields(c);
      const invite = async () => {
        const given = {
          title,
          role: "labeller" as const,
          hours: hoursOf(hours),
          mostUses: mostOf(most_uses),
        };
        const { link, secret } = await people.invite(given, identityOf(c));
        noteAction(c, {
          target: String(link.id),
          detail: { title: link.title, hours: given.hours, most_uses: link.mostUses },
        });
        return page(c, { handout: { link, ...linkUrls(c, deps, `/join/${secret}`) } });
      };
      return said(c, invite, { given: { title, hours, mostUses: most_uses } });
    })
    .post("/:id/end", async (c) => {
      await formFields(c);
      return said(c, async () => {
        const { title } = await people.endInvitation(idIn(c));
        noteAction(c, { detail: { title } });
        return done(c, "invitation");
      });
    })
    .post("/sessions/:id/end", async (c) => {
      await formFields(c);
      return said(c, async () => {
        const { name } = await people.endSession(idIn(c), identityOf(c));
        noteAction(c, { detail: { name } });
        return done(c, "session");
      });
    });
}

/** @throws InputError for a time that is not offered. */
function hoursOf(given: string | undefined): number {
  const hours = INVITATION_HOURS.find((one) => String(one) === given);
  if (hours === undefined) throw notOneOf("hours", INVITATION_HOURS.map(String), given);
  return hours;
}

/** @throws InputError unless it is a whole number from 1 to 1,000. */
function mostOf(given = ""): number {
  const typed = given.normalize("NFKC").trim();
  if (!/^(?:[1-9]\d{0,2}|1000)$/.test(typed)) {
    throw notAs("most_uses", "a whole number from 1 to 1,000", "most", given);
  }
  return Number(typed);
}
