/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";
import { contrast, type Pair, SHAPE_CONTRAST, SHAPE_PAIRS, TEXT_CONTRAST, TEXT_PAIRS } from "./contrast.ts";
import { Corner, Length, PairSample, type Scheme, Swatch, Words } from "./token-samples.tsx";
import { type StyleToken, TOKEN_KINDS, type TokenKind } from "./tokens.ts";

const SCHEMES = ["light", "dark"] as const;
const KIND_WORDS: Readonly<Record<TokenKind, MessageKey>> = {
  colour: "styleguide.colours",
  font: "styleguide.fonts",
  text: "styleguide.textSizes",
  space: "styleguide.spaces",
  shape: "styleguide.shapes",
  motion: "styleguide.motion",
  picture: "styleguide.pictures",
};

interface TokensProps {
  text: Text;
  tokens: readonly StyleToken[];
}

/** Every token by its kind, and the contrasts of the colours. */
export function TokenTables({ text, tokens }: TokensProps) {
  return (
    <div class="stack">
      {TOKEN_KINDS.map((kind) => {
        const own = tokens.filter((token) => token.kind === kind);
        return kind === "colour" ? (
          <>
            <Colours text={text} tokens={own} />
            <Contrasts text={text} tokens={own} />
          </>
        ) : (
          <Others text={text} kind={kind} tokens={own} />
        );
      })}
    </div>
  );
}

function Colours({ text: { t }, tokens }: TokensProps) {
  return (
    <div class="table-wrap" tabindex={0}>
      <table>
        <caption>{t("styleguide.colours")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("styleguide.token")}</th>
            {SCHEMES.map((scheme) => (
              <th scope="col">{t(`styleguide.${scheme}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokens.map(({ name, value, colours }) => (
            <tr data-token={name}>
              <th scope="row">
                <code>{`--${name}`}</code>
              </th>
              {SCHEMES.map((scheme) => (
                <td>
                  <span class="token-cell">
                    <Swatch name={name} scheme={scheme} />
                    <code>{colours?.[scheme] ?? partOf(value, scheme)}</code>
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One of the two values of `light-dark(a, b)`, where each may have commas within parentheses. */
function partOf(value: string, scheme: Scheme): string {
  const parts = /^light-dark\((.+\)), (.+)\)$/.exec(value);
  return parts?.[scheme === "light" ? 1 : 2] ?? value;
}

function Contrasts({ text, tokens }: TokensProps) {
  const { t, number } = text;
  const colours = new Map(tokens.map((token) => [token.name, token.colours]));
  const rows = [
    ...TEXT_PAIRS.map((pair) => ({ pair, least: TEXT_CONTRAST, use: "text" as const })),
    ...SHAPE_PAIRS.map((pair) => ({ pair, least: SHAPE_CONTRAST, use: "shape" as const })),
  ];
  const ratio = ([front, ground]: Pair, scheme: Scheme) => {
    const [a, b] = [colours.get(front), colours.get(ground)];
    if (a == null || b == null) throw new Error(`No colours for the pair --${front} on --${ground}`);
    return contrast(a[scheme], b[scheme]);
  };
  return (
    <div class="table-wrap" tabindex={0}>
      <table>
        <caption>{t("styleguide.contrastCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("styleguide.pair")}</th>
            {SCHEMES.map((scheme) => (
              <th scope="col">{t(`styleguide.${scheme}`)}</th>
            ))}
            <th scope="col" class="num">
              {t("styleguide.least")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ pair, least, use }) => (
            <tr data-use={use}>
              <th scope="row">
                {/* Each name stays whole; on a phone they are below each other. */}
                <code class="nowrap">{`--${pair[0]}`}</code> / <code class="nowrap">{`--${pair[1]}`}</code>
              </th>
              {SCHEMES.map((scheme) => (
                <td>
                  <span class="token-cell" data-contrast={ratio(pair, scheme).toFixed(2)}>
                    <PairSample front={pair[0]} ground={pair[1]} scheme={scheme} />
                    {/* Cut, not rounded: 4.49 is not 4.5. */}
                    {number(Math.floor(ratio(pair, scheme) * 100) / 100, 2)}
                  </span>
                </td>
              ))}
              <td class="num">{number(least, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Others({ text, kind, tokens }: TokensProps & { kind: TokenKind }) {
  const { t } = text;
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards">
        <caption>{t(KIND_WORDS[kind])}</caption>
        <thead>
          <tr>
            <th scope="col">{t("styleguide.token")}</th>
            <th scope="col">{t("styleguide.value")}</th>
            <th scope="col">{t("styleguide.sample")}</th>
          </tr>
        </thead>
        <tbody>
          {tokens.map(({ name, value }) => (
            <tr data-token={name}>
              <th scope="row">
                <code>{`--${name}`}</code>
              </th>
              <td data-label={t("styleguide.value")}>
                <code class="token-value">{value}</code>
              </td>
              <td data-label={t("styleguide.sample")}>
                <Sample text={text} kind={kind} name={name} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Sample({ text: { t }, kind, name }: { text: Text; kind: TokenKind; name: string }) {
  switch (kind) {
    case "font":
      return <Words name={name} attribute="font-family" words={t("styleguide.words")} />;
    case "text":
      return <Words name={name} attribute="font-size" words={t("styleguide.words")} />;
    case "space":
      return <Length name={name} />;
    case "shape":
      return name === "radius" ? <Corner name={name} /> : <Length name={name} />;
    case "motion":
      return <span class="token-motion">{t("styleguide.motionSample")}</span>;
    default:
      return <span class="soft">{t("styleguide.pictureSample")}</span>;
  }
}
