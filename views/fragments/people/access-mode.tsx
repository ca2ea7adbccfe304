/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";

/** Who needs to log in on this server. */
export interface AccessModeProps {
  text: Text;
  access: "local" | "anyone" | "accounts";
  /** Whether people and programs on the server's machine need no account. */
  isMachineTrusted: boolean;
}

/** The access mode of the server in words, and where it is set. */
export function AccessMode({ text: { t }, access, isMachineTrusted }: AccessModeProps) {
  const [before = "", after = ""] = t("people.access.how", { key: "\u0000" }).split("\u0000");
  const machine = isMachineTrusted ? "people.access.thisMachine" : "people.access.noMachine";
  return (
    <section class="sheet stack" aria-labelledby="access">
      <h2 id="access">{t("people.access")}</h2>
      <p>{t(`people.access.${access}`)}</p>
      {access === "accounts" ? null : <p>{t(machine)}</p>}
      <p class="soft">
        {before}
        <code>{`access: ${access}`}</code>
        {after}
      </p>
    </section>
  );
}
