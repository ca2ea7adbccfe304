/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Identity } from "../../../src/domain/access/identity.ts";
import type { Role } from "../../../src/domain/access/role.ts";
import { BarePage, type BarePageProps } from "../../layout/bare-page.tsx";
import { hereWords, lastsWords, Problem } from "./door-parts.tsx";

/** The properties of the page behind an invitation. */
export interface JoinPageProps extends BarePageProps {
  /** The purpose of the invitation, and the role that it gives. */
  invitation: { title: string; role: Role };
  /** How long it still lasts, in milliseconds. */
  lastsMs: number;
  /** The name that was typed. */
  name: string;
  problem: string | null;
  /** Who the reader already is in this browser; null for nobody. */
  here: (Pick<Identity, "kind" | "role"> & { name: string }) | null;
}

/** The page behind an invitation: what it is for, and what to be called. */
export function JoinPage(props: JoinPageProps) {
  const { text, invitation, here } = props;
  const { t } = text;
  return (
    <BarePage {...props} title={invitation.title}>
      <div class="stack">
        <header>
          <h1>{invitation.title}</h1>
          <p class="soft">
            {t(invitation.role === "viewer" ? "door.join.invited.viewer" : "door.join.invited")}
          </p>
        </header>
        {here === null ? null : (
          <section class="sheet stack">
            <p>{hereWords(text, here)}</p>
            <p>
              <a class="button button-main" href="/">
                {t("door.goOnAs", { name: here.name })}
              </a>
            </p>
          </section>
        )}
        <JoinForm {...props} />
      </div>
    </BarePage>
  );
}

function JoinForm({ text, invitation, path, problem, here, name, lastsMs }: JoinPageProps) {
  const { t } = text;
  const hasProblem = problem !== null;
  const time = lastsWords(text, lastsMs);
  return (
    <form class="sheet door-form" method="post" action={path}>
      {here === null ? null : <p>{t("door.join.other")}</p>}
      <Problem message={problem} />
      <div class="field">
        <label for="name">{t("door.join.called")}</label>
        <input
          id="name"
          name="name"
          type="text"
          value={name}
          autocomplete="nickname"
          required
          autofocus={here === null || hasProblem}
          aria-invalid={hasProblem ? "true" : undefined}
          aria-describedby={hasProblem ? "problem" : undefined}
        />
      </div>
      <button class={here === null ? "button button-main" : "button"} type="submit">
        {t("door.join.do")}
      </button>
      <p class="small soft">
        {invitation.role === "viewer" ? t("door.join.lasts", { time }) : t("door.join.stored", { time })}
      </p>
    </form>
  );
}
