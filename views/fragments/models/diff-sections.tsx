/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { ModelDiff, Pair, SetDiff } from "../../../src/model-registry/diff/model-diff.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";
import { shortId } from "../runs/run-words.ts";

const SET_WORDS: Readonly<Record<string, MessageKey>> = {
  mnist_test: "model.set.mnist_test",
  app_holdout: "model.set.app_holdout",
  pinned: "model.set.pinned",
};

interface SetProps {
  text: Text;
  versions: ModelDiff["versions"];
  set: SetDiff;
}

/** The scores of both versions on one image set, class by class. */
export function DiffSet({ text, versions: [a, b], set }: SetProps) {
  const { t } = text;
  const key = SET_WORDS[set.set];
  const name = key === undefined ? set.set : t(key);
  const [before, after] = set.n;
  const isSame = before === after;
  return (
    <section class="table-wrap" tabindex={0}>
      <table>
        <caption>
          <strong>{name}</strong> {after === null ? null : t("model.onImages", { n: text.number(after) })}
          {isSame ? null : <span class="block">{t("registry.otherImages")}</span>}
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col" class="num">
              {t("models.name", { version: a })}
            </th>
            <th scope="col" class="num">
              {t("models.name", { version: b })}
            </th>
            <th scope="col" class="num">
              {t("registry.change")}
            </th>
          </tr>
        </thead>
        <tbody>
          <ShareRow text={text} name={t("model.accuracy")} values={set.accuracy} />
          <ShareRow text={text} name={t("registry.ece")} values={set.ece} />
          {set.recall.map(({ label, values }) => (
            <ShareRow text={text} name={t("registry.recallOf", { label })} values={values} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ShareRow({ text, name, values: [a, b] }: { text: Text; name: string; values: Pair<number> }) {
  const { t } = text;
  const share = (value: number | null) => (value === null ? t("value.none") : text.percent(value, 2));
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="num">{share(a)}</td>
      <td class="num">{share(b)}</td>
      <td class="num">{a === null || b === null ? t("value.none") : pointsWords(text, b - a)}</td>
    </tr>
  );
}

function pointsWords(text: Text, difference: number): string {
  const rounded = Math.round(difference * 10_000) / 100 || 0;
  return text.t("gate.points", { n: (rounded > 0 ? "+" : "") + text.number(rounded, 2) });
}

/** The runs, the data and the parameters of both versions. */
export function DiffData({ text, diff }: { text: Text; diff: ModelDiff }) {
  const { t } = text;
  const { data, parameters } = diff;
  const more = data.more_samples;
  return (
    <section class="sheet stack" aria-labelledby="data-title">
      <h2 id="data-title">{t("registry.data")}</h2>
      <dl class="facts">
        {diff.versions.map((version, i) => (
          <>
            <dt>{t("models.name", { version })}</dt>
            <dd>
              <RunLink text={text} runId={data.runs[i] ?? null} />
            </dd>
          </>
        ))}
        <dt>{t("registry.labelled")}</dt>
        <dd>{more === null ? t("registry.unknown") : (more > 0 ? "+" : "") + text.number(more)}</dd>
      </dl>
      <h3>{t("registry.parameters")}</h3>
      {parameters === null ? <p class="soft">{t("registry.unknown")}</p> : null}
      {parameters?.length === 0 ? <p class="soft">{t("registry.sameParameters")}</p> : null}
      {parameters === null || parameters.length === 0 ? null : (
        <dl class="facts">
          {parameters.map(({ name, values: [a, b] }) => (
            <>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                <code>{`${JSON.stringify(a)} → ${JSON.stringify(b)}`}</code>
              </dd>
            </>
          ))}
        </dl>
      )}
    </section>
  );
}

function RunLink({ text: { t }, runId }: { text: Text; runId: string | null }) {
  if (runId === null) return <>{t("registry.noRun")}</>;
  return (
    <a href={`/runs/${encodeURIComponent(runId)}`}>
      <code>{shortId(runId)}</code>
    </a>
  );
}

/** Classes, architecture and the change of each layer. */
export function DiffFiles({ text, diff }: { text: Text; diff: ModelDiff }) {
  const { t } = text;
  const { files, problem } = diff;
  if (files === null) {
    return (
      <section class="sheet stack" aria-labelledby="weights-title">
        <h2 id="weights-title">{t("registry.weights")}</h2>
        <p class="alert">{t("registry.notCompared", { reason: problem ?? "" })}</p>
      </section>
    );
  }
  const { classes, architecture, bytes, layers } = files;
  const list = (names: readonly string[]) => (names.length === 0 ? t("registry.none") : names.join(" "));
  return (
    <section class="sheet stack" aria-labelledby="weights-title">
      <h2 id="weights-title">{t("registry.weights")}</h2>
      <dl class="facts">
        <dt>{t("registry.classesAdded")}</dt>
        <dd>{list(classes.added)}</dd>
        <dt>{t("registry.classesRemoved")}</dt>
        <dd>{list(classes.removed)}</dd>
        <dt>{t("registry.architecture")}</dt>
        <dd>
          {architecture[0] === architecture[1] ? architecture[1] : `${architecture[0]} → ${architecture[1]}`}
          {files.is_same_architecture ? null : <span class="block">{t("registry.otherShapes")}</span>}
        </dd>
        <dt>{t("registry.size")}</dt>
        <dd>
          {bytes[0] === bytes[1]
            ? text.bytes(bytes[1] ?? 0)
            : `${text.bytes(bytes[0] ?? 0)} → ${text.bytes(bytes[1] ?? 0)}`}
        </dd>
      </dl>
      <div class="table-wrap" tabindex={0}>
        <table>
          <caption>{t("registry.layersCaption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("registry.layer")}</th>
              <th scope="col" class="num">
                {t("registry.changed")}
              </th>
              <th scope="col" class="num">
                {t("registry.relative")}
              </th>
            </tr>
          </thead>
          <tbody>
            {layers.map(({ layer, weights, changed, relative }) => (
              <tr>
                <th scope="row">
                  <code>{layer}</code>
                </th>
                <td class="num">
                  {changed === null
                    ? t("registry.notComparable")
                    : t("registry.changedOf", { n: text.number(changed), of: text.number(weights) })}
                </td>
                <td class="num">{relative === null ? t("value.none") : text.percent(relative, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
