/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { THEMES, type Theme } from "../../../src/domain/theme.ts";
import { LANGUAGES } from "../../../src/lib/languages.ts";
import { LANGUAGE_NAMES, type Text } from "../../i18n/text.ts";

/** Language and appearance: the reader's own, in cookies. */
export function ReaderSettings({ text, theme, path }: { text: Text; theme: Theme; path: string }) {
  const { t } = text;
  return (
    <section class="sheet settings-group" aria-labelledby="settings-reader">
      <h2 id="settings-reader">{t("settings.reader")}</h2>
      <p class="small soft">{t("settings.readerText")}</p>
      <div class="settings-fields">
        <form method="post" action="/language" class="inline-form">
          <input type="hidden" name="back" value={path} />
          <div class="field">
            <label for="reader-language">{t("settings.language")}</label>
            <select id="reader-language" name="language">
              {LANGUAGES.map((language) => (
                <option value={language} selected={language === text.language} lang={language}>
                  {LANGUAGE_NAMES[language]}
                </option>
              ))}
            </select>
          </div>
          <button class="button" type="submit">
            {t("settings.apply")}
          </button>
        </form>
        <form method="post" action="/theme" class="inline-form">
          <input type="hidden" name="back" value={path} />
          <div class="field">
            <label for="reader-theme">{t("settings.theme")}</label>
            <select id="reader-theme" name="theme">
              {THEMES.map((one) => (
                <option value={one} selected={one === theme}>
                  {t(`settings.theme.${one}`)}
                </option>
              ))}
            </select>
          </div>
          <button class="button" type="submit">
            {t("settings.apply")}
          </button>
        </form>
      </div>
    </section>
  );
}
