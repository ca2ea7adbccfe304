/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { AccessLink } from "../../../src/domain/access/link.ts";
import type { Text } from "../../i18n/text.ts";
import { QrCode } from "../qr-code.tsx";
import { LinkFields } from "./link-field.tsx";

/** An invitation that has just been made. */
export interface HandoutProps {
  text: Text;
  link: AccessLink;
  /** At least one; the code is that of the first. */
  urls: readonly string[];
  isLocal: boolean;
}

/** The link for a class, on a screen or on paper: title, code, address, and until when. Printed, the page is only this. */
export function Handout({ text, link, urls }: HandoutProps) {
  const { t } = text;
  const [url = ""] = urls;
  const title = link.title ?? "";
  return (
    <section class="sheet stack handout" aria-labelledby="handout">
      <h2 id="handout">
        <span class="handout-screen">{t("invitations.made", { title })}</span>
        <span class="handout-paper">{title}</span>
      </h2>
      <p class="handout-screen">{t("invitations.made.text")}</p>
      <div class="handout-code">
        <QrCode content={url} label={t("people.link.code")} />
        <code class="handout-url">{url}</code>
        <p>{t("invitations.made.how")}</p>
        <p class="soft">
          {t("invitations.made.until", {
            until: text.dateTime(link.expiresAt),
            most: text.number(link.mostUses),
          })}
        </p>
      </div>
      <div class="stack handout-screen">
        <LinkFields text={text} urls={urls} />
        <p class="soft">{t("invitations.made.print")}</p>
      </div>
    </section>
  );
}
