import type { Context } from "hono";
import type { BarePageProps } from "../../../../views/layout/bare-page.tsx";
import type { Begun, Origin } from "../../../access/people.ts";
import { keepSession } from "../../access/session-cookie.ts";
import type { AppDeps } from "../../deps.ts";
import { pageProps } from "../reader.ts";

/** From where this request comes. */
export function originOf(c: Context): Origin {
  return { address: c.get("client").address, agent: c.req.header("user-agent") ?? null };
}

/** Whether others on the network can read what is typed: what stays on this machine, nobody else can. */
export function isReadable(c: Context): boolean {
  const { isEncrypted, isThisMachine } = c.get("client");
  return !isEncrypted && !isThisMachine;
}

/** The props of a page for those who are not in yet. @param path of the page itself. */
export function bareProps(c: Context, version: string, path = c.req.path): BarePageProps {
  const { text, theme, assetsId } = pageProps(c, version);
  return { text, theme, assetsId, path };
}

/** Nothing on the way, and no history of the browser, keeps this response: it concerns one person. */
export function keepPrivate(c: Context): void {
  c.header("cache-control", "no-store");
}

/** Lets the browser keep a session that has begun; the one that it had before ends. */
export async function enter(c: Context, { people }: Pick<AppDeps, "people">, begun: Begun): Promise<void> {
  const before = c.get("identity");
  if (before !== null && before !== undefined) await people.logOut(before);
  keepSession(c, begun);
}
