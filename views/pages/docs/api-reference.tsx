/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { ManualPage } from "../../../src/domain/manual.ts";
import { ManualNav } from "../../fragments/docs/manual-nav.tsx";
import type { Text } from "../../i18n/text.ts";
import { Page, type PageProps } from "../../layout/page.tsx";
import type { ApiReference, ReferenceBody, ReferenceField, ReferenceOperation } from "./reference.ts";

/** The properties of the API reference. */
export interface ApiReferenceProps extends PageProps {
  pages: readonly ManualPage[];
  reference: ApiReference;
}

/** Every operation of the API by tag, with parameters, bodies, responses and a command; then the named schemas. */
export function ApiReferencePage(props: ApiReferenceProps) {
  const { text, pages, reference } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("docs.api")}>
      <div class="manual">
        <ManualNav text={text} pages={pages} current="api" />
        <article class="manual-text">
          <h1>{t("docs.api")}</h1>
          <p lang="en">{reference.description}</p>
          <p>
            <a href="/api/v1/openapi.json">{t("docs.openapi")}</a>
          </p>
          <nav class="manual-headings" aria-label={t("docs.onThisPage")}>
            <ul class="manual-links">
              {reference.tags.map(({ tag }) => (
                <li>
                  <a href={`#${tag}`}>{tag}</a>
                </li>
              ))}
              <li>
                <a href="#schemas">{t("docs.schemas")}</a>
              </li>
            </ul>
          </nav>
          {reference.tags.map(({ tag, operations }) => (
            <section aria-labelledby={tag}>
              <h2 id={tag}>{tag}</h2>
              {operations.map((operation) => (
                <Operation text={text} operation={operation} />
              ))}
            </section>
          ))}
          <section aria-labelledby="schemas">
            <h2 id="schemas">{t("docs.schemas")}</h2>
            {reference.schemas.map(({ name, fields }) => (
              <details class="operation opens">
                <summary>
                  <h3 id={`schema-${name}`}>{name}</h3>
                </summary>
                <Fields text={text} fields={fields} />
              </details>
            ))}
          </section>
        </article>
      </div>
    </Page>
  );
}

function Operation({ text, operation }: { text: Text; operation: ReferenceOperation }) {
  const { t } = text;
  const { id, method, path, summary, description, parameters, body, responses, curl } = operation;
  return (
    <details class="operation opens" lang="en">
      <summary>
        <h3 id={id}>{summary}</h3>
        <span class="operation-line">
          <span class="method">{method}</span> <code>{path}</code>
        </span>
      </summary>
      {description === "" ? null : (
        <p>
          <Words words={description} />
        </p>
      )}
      {parameters.length === 0 ? null : (
        <>
          <h4>{t("docs.parameters")}</h4>
          <Fields
            text={text}
            fields={parameters.map((one) => ({ ...one, name: `${one.name} (${one.in})` }))}
          />
        </>
      )}
      {body === null ? null : (
        <>
          <h4>
            {t("docs.body")} <code>{body.mediaType}</code>
          </h4>
          <Fields text={text} fields={body.fields} />
        </>
      )}
      <h4>{t("docs.responses")}</h4>
      <dl class="responses">
        {responses.map(({ status, description: words, body: answer }) => (
          <>
            <dt>
              <code>{status}</code>
            </dt>
            <dd>
              <Words words={words} />
              <Answer text={text} body={answer} />
            </dd>
          </>
        ))}
      </dl>
      <h4>{t("docs.example")}</h4>
      <pre tabindex={0}>
        <code>{curl}</code>
      </pre>
    </details>
  );
}

/** A description, in which code is in backticks. */
function Words({ words }: { words: string }) {
  const parts = words.split("`");
  return <>{parts.map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}

function Answer({ text, body }: { text: Text; body: ReferenceBody | null }) {
  if (body === null) return null;
  return (
    <details>
      <summary>
        <code>{body.mediaType}</code>
      </summary>
      <Fields text={text} fields={body.fields} />
    </details>
  );
}

function Fields({ text, fields }: { text: Text; fields: readonly ReferenceField[] }) {
  const { t } = text;
  if (fields.length === 0) return null;
  return (
    <div class="table-wrap" tabindex={0}>
      <table>
        <thead>
          <tr>
            {(["name", "type", "meaning"] as const).map((column) => (
              <th scope="col">{t(`docs.column.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, type, schema, isRequired, description }) => (
            <tr>
              <td>
                {name === "" ? "–" : <code>{name}</code>}
                {isRequired ? <span class="small soft"> {t("docs.required")}</span> : null}
              </td>
              <td>{schema === null ? type : <a href={`#schema-${schema}`}>{type}</a>}</td>
              <td>
                <Words words={description} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
