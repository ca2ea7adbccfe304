/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";

/** A link for someone else, at each address of the server. */
export interface LinkFieldsProps {
  text: Text;
  /** At least one. */
  urls: readonly string[];
}

/** The link to copy: a field selects its text when the keyboard reaches it, and scrolls rather than wraps on a phone. */
export function LinkFields({ text: { t }, urls }: LinkFieldsProps) {
  const [url = "", ...others] = urls;
  return (
    <>
      <LinkField id="link-url" label={t("people.link.url")} url={url} />
      {others.length === 0 ? null : (
        <details class="opens link-others">
          <summary>{t("people.link.otherUrls")}</summary>
          <div class="stack">
            {others.map((other, n) => (
              <LinkField
                id={`link-url-${n + 2}`}
                label={t("people.link.urlAt", { host: new URL(other).host })}
                url={other}
              />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function LinkField({ id, label, url }: { id: string; label: string; url: string }) {
  return (
    <div class="field link-field">
      <label for={id}>{label}</label>
      <input id={id} type="text" value={url} readonly spellcheck={false} autocomplete="off" />
    </div>
  );
}
