/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Identity } from "../../src/domain/access/identity.ts";
import type { Text } from "../i18n/text.ts";

/** The reader, as pages show him; `nobody` has not logged in where one must. */
export interface WhoProps {
  kind: Identity["kind"] | "nobody";
  /** Null for the machine, for visitors and for nobody. */
  name: string | null;
  role: Identity["role"] | null;
}

/** Who is logged in, and the way out; or the way in. Nothing on the computer on which tegaki runs. */
export function Who({ text, who, path }: { text: Text; who: WhoProps; path: string }) {
  const { t } = text;
  if (who.kind === "machine") return null;
  if (who.kind === "visitor" || who.kind === "nobody") {
    // The page of nobody is that of a refused form: one cannot return to it.
    const next = path === "/" || who.kind === "nobody" ? "" : `?${new URLSearchParams({ next: path })}`;
    return (
      <div class="who">
        <a class="who-in" href={`/log-in${next}`}>
          {t("door.logIn")}
        </a>
      </div>
    );
  }
  return (
    <div class="who">
      <a class="who-name" href="/account" title={who.name ?? undefined}>
        <strong>{who.name}</strong>
        {who.role === null ? null : <span class="small soft">{t(`role.${who.role}`)}</span>}
      </a>
      <form method="post" action="/log-out">
        <button class="language" type="submit">
          {t("door.logOut")}
        </button>
      </form>
    </div>
  );
}
