/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { LANGUAGES } from "../../src/lib/languages.ts";
import { LANGUAGE_NAMES, type Text } from "../i18n/text.ts";

/** Offers the other languages, each by its own name, and returns to the same page. */
export function LanguageSwitch({ text, path }: { text: Text; path: string }) {
  return (
    <form method="post" action="/language">
      <input type="hidden" name="back" value={path} />
      {LANGUAGES.filter((language) => language !== text.language).map((language) => (
        <button class="language" type="submit" name="language" value={language} lang={language}>
          {LANGUAGE_NAMES[language]}
        </button>
      ))}
    </form>
  );
}
