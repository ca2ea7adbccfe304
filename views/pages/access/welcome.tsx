/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Role } from "../../../src/domain/access/role.ts";
import type { Text } from "../../i18n/text.ts";
import { BarePage, type BarePageProps } from "../../layout/bare-page.tsx";
import { lastsWords, PasswordField, PlainWarning, Problem, ShowPasswords } from "./door-parts.tsx";

/** The properties of the page behind a link that works once. */
export interface WelcomePageProps extends BarePageProps {
  /** Of an existing account, whose password is chosen; null for a link that makes an admin. */
  account: { name: string; role: Role } | null;
  /** The name that was typed for a new admin. */
  name: string;
  problem: string | null;
  /** Least length of a password, in characters. */
  least: number;
  /** How long the link still works, in milliseconds. */
  lastsMs: number;
  /** Whether others on the network can read the password. */
  isReadable: boolean;
}

/** The page behind a link that works once: an admin, or the owner of an account, chooses a password. */
export function WelcomePage(props: WelcomePageProps) {
  const { text, account, path, problem, least, lastsMs, isReadable } = props;
  const { t } = text;
  const title =
    account === null ? t("door.welcome.admin") : t("door.welcome.account", { name: account.name });
  const lead =
    account === null
      ? t("door.welcome.admin.lead")
      : t("door.welcome.account.lead", { role: t(`role.${account.role}`) });
  const hasProblem = problem !== null;
  return (
    <BarePage {...props} title={title}>
      <div class="stack">
        <header>
          <h1>{title}</h1>
          <p class="soft">{lead}</p>
        </header>
        <form class="sheet door-form" method="post" action={path}>
          <Problem message={problem} />
          <PlainWarning text={text} isReadable={isReadable} />
          <NameField {...props} />
          <PasswordField
            label={t("door.newPassword")}
            name="password"
            kind="new-password"
            hint={t("door.passwordHint", { n: least })}
            least={least}
            hasProblem={hasProblem}
            isFirst={hasProblem || account !== null}
          />
          <PasswordField label={t("door.again")} name="again" kind="new-password" hasProblem={hasProblem} />
          <ShowPasswords label={t("door.showPasswords")} />
          <button class="button button-main" type="submit">
            {t("door.welcome.do")}
          </button>
          <p class="small soft">{t("door.works", { time: lastsWords(text, lastsMs) })}</p>
        </form>
      </div>
    </BarePage>
  );
}

/** For an account, its name is there for the browser's memory of passwords only. */
function NameField({ text, account, name, problem }: WelcomePageProps & { text: Text }) {
  if (account !== null) {
    return <input type="text" value={account.name} autocomplete="username" readonly hidden />;
  }
  return (
    <div class="field">
      <label for="name">{text.t("door.name")}</label>
      <input
        id="name"
        name="name"
        type="text"
        value={name}
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        required
        autofocus={problem === null}
        aria-describedby={problem === null ? undefined : "problem"}
      />
    </div>
  );
}
