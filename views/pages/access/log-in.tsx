/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Identity } from "../../../src/domain/access/identity.ts";
import { BarePage, type BarePageProps } from "../../layout/bare-page.tsx";
import { hereWords, PasswordField, PlainWarning, Problem, ShowPasswords } from "./door-parts.tsx";

/** The properties of the page to log in. */
export interface LogInPageProps extends BarePageProps {
  /** The page to go to afterwards. */
  next: string;
  /** The name that was typed. */
  name: string;
  /** Why the last attempt was refused; null before the first. */
  problem: string | null;
  /** Who the reader already is; null when nothing shows that. */
  here: Pick<Identity, "kind" | "name" | "role"> | null;
  hasAdmin: boolean;
  /** Whether there is an account that one can log in with. */
  canLogIn: boolean;
  /** Whether others on the network can read the password. */
  isReadable: boolean;
  /** Whether the browser has a session that has ended. */
  hasEnded: boolean;
}

/** The page to log in: what is known of the reader, and the form. */
export function LogInPage(props: LogInPageProps) {
  const { text, here, canLogIn, hasAdmin, hasEnded } = props;
  const { t } = text;
  return (
    <BarePage {...props} title={t("door.logIn.title")}>
      <div class="stack">
        <h1>{t("door.logIn.title")}</h1>
        {here === null ? null : <Here {...props} here={here} />}
        {hasEnded ? <p class="notice">{t("door.ended")}</p> : null}
        {hasAdmin ? null : (
          <section class="sheet stack">
            <p>
              <strong>{t("door.noAdmin")}</strong>
            </p>
            <p>{t("door.noAdmin.how")}</p>
            <pre class="command" tabindex={0}>
              <code>tegaki access reset</code>
            </pre>
          </section>
        )}
        {canLogIn && here?.kind !== "account" ? <LogInForm {...props} /> : null}
      </div>
    </BarePage>
  );
}

function Here({ text, here, next }: LogInPageProps & { here: NonNullable<LogInPageProps["here"]> }) {
  const { t } = text;
  const canLeave = here.kind === "account" || here.kind === "guest";
  return (
    <section class="sheet stack">
      <p>{hereWords(text, here)}</p>
      <div class="chips">
        <a class={canLeave ? "button button-main" : "button"} href={next}>
          {t("door.goOn")}
        </a>
        {canLeave ? (
          <form method="post" action="/log-out">
            <button class="button" type="submit">
              {t("door.logOut")}
            </button>
          </form>
        ) : null}
      </div>
    </section>
  );
}

function LogInForm({ text: { t }, next, name, problem, isReadable, text }: LogInPageProps) {
  const hasProblem = problem !== null;
  return (
    <form class="sheet door-form" method="post" action="/log-in">
      <Problem message={problem} />
      <PlainWarning text={text} isReadable={isReadable} />
      <input type="hidden" name="next" value={next} />
      <div class="field">
        <label for="name">{t("door.name")}</label>
        <input
          id="name"
          name="name"
          type="text"
          value={name}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
          autofocus={!hasProblem}
          aria-invalid={hasProblem ? "true" : undefined}
          aria-describedby={hasProblem ? "problem" : undefined}
        />
      </div>
      <PasswordField
        label={t("door.password")}
        name="password"
        kind="current-password"
        hasProblem={hasProblem}
        isFirst={hasProblem}
      />
      <ShowPasswords label={t("door.showPassword")} />
      <button class="button button-main" type="submit">
        {t("door.logIn")}
      </button>
      <p class="small soft">{t("door.forgotten")}</p>
    </form>
  );
}
