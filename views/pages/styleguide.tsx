/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Page, type PageProps } from "../layout/page.tsx";
import { COMPONENTS, type ExampleProps } from "../styleguide/components.tsx";
import { TokenTables } from "../styleguide/token-tables.tsx";
import type { StyleToken } from "../styleguide/tokens.ts";

/** The properties of the style guide. */
export interface StyleguidePageProps extends PageProps {
  /** Of the stylesheet that the page itself loads. */
  tokens: readonly StyleToken[];
  picture: ExampleProps["picture"];
}

/** The tokens of the stylesheet and the components of the pages, for whoever changes or reviews them. */
export function StyleguidePage(props: StyleguidePageProps) {
  const { text, tokens, picture } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("styleguide.title")}>
      <div class="page-head">
        <div>
          <h1>{t("styleguide.title")}</h1>
          <p>{t("styleguide.lead")}</p>
        </div>
      </div>
      <nav class="styleguide-nav" aria-label={t("docs.onThisPage")}>
        <ul class="manual-links">
          <li>
            <a href="#tokens">{t("styleguide.tokens")}</a>
          </li>
          {COMPONENTS.map(({ id, name }) => (
            <li>
              <a href={`#${id}`}>{t(name)}</a>
            </li>
          ))}
        </ul>
      </nav>
      <section class="stack styleguide-part" aria-labelledby="tokens">
        <h2 id="tokens">{t("styleguide.tokens")}</h2>
        <TokenTables text={text} tokens={tokens} />
      </section>
      {COMPONENTS.map(({ id, name, use, file, Example, isInert }) => (
        <section class="stack styleguide-part" aria-labelledby={id}>
          <div>
            <h2 id={id}>{t(name)}</h2>
            <p>{t(use)}</p>
            <p class="small soft">
              <code>{file}</code>
              {isInert ? ` · ${t("styleguide.inert")}` : null}
            </p>
          </div>
          <div class="styleguide-example" data-example={id} inert={isInert}>
            <Example text={text} picture={picture} />
          </div>
        </section>
      ))}
    </Page>
  );
}
