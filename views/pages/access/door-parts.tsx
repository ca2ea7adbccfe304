/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Identity } from "../../../src/domain/access/identity.ts";
import type { Text } from "../../i18n/text.ts";
import type { WhoProps } from "../../layout/who.tsx";

/** The problem with what was sent; nothing for null. It is announced. */
export function Problem({ message }: { message: string | null }) {
  if (message === null) return null;
  return (
    <p id="problem" class="alert" role="alert">
      {message}
    </p>
  );
}

/** A warning that a password is readable on its way; nothing when it is not. */
export function PlainWarning({ text, isReadable }: { text: Text; isReadable: boolean }) {
  return isReadable ? <p class="door-warn">{text.t("door.plain")}</p> : null;
}

/** A labelled field for a password. @param has of the first field that is to be focused. */
export function PasswordField({
  label,
  name,
  kind,
  hint,
  least,
  hasProblem = false,
  isFirst = false,
}: {
  label: string;
  name: string;
  kind: "current-password" | "new-password";
  hint?: string;
  /** In characters; none for a password that exists. */
  least?: number;
  hasProblem?: boolean;
  isFirst?: boolean;
}) {
  const described = [hint === undefined ? [] : [`${name}-hint`], hasProblem ? ["problem"] : []].flat();
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="password"
        autocomplete={kind}
        required
        minlength={least}
        autofocus={isFirst}
        aria-invalid={hasProblem ? "true" : undefined}
        aria-describedby={described.length === 0 ? undefined : described.join(" ")}
        data-password
      />
      {hint === undefined ? null : (
        <span class="field-hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** A box that shows the passwords of its form; it appears only where the page's script runs. */
export function ShowPasswords({ label }: { label: string }) {
  return (
    <label class="tick" data-show-passwords hidden>
      <input type="checkbox" />
      {label}
    </label>
  );
}

/** Who someone is, in a sentence. */
export function hereWords(
  { t }: Text,
  { kind, name, role }: Pick<WhoProps, "name" | "role"> & Pick<Identity, "kind">,
): string {
  return t(`door.here.${kind}`, { name: name ?? "", role: role === null ? "" : t(`role.${role}`) });
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * How long something still lasts, cut to minutes, hours or days. Someone who comes by a link has no time zone yet, in
 * which the end could be named.
 */
export function lastsWords({ t, number }: Text, ms: number): string {
  if (ms >= 2 * DAY_MS) return t("door.days", { n: number(Math.round(ms / DAY_MS)) });
  if (ms >= 2 * HOUR_MS) return t("door.hours", { n: number(Math.round(ms / HOUR_MS)) });
  return t("door.minutes", { n: number(Math.max(1, Math.ceil(ms / MINUTE_MS))) });
}
