/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";

/** A drawing as a small picture with its label. */
export interface DrawingCard {
  /** Null for one that is deleted or forgotten: there is no picture, and no page. */
  id: string | null;
  /** Address of the image, dark ink on white; null when there is none any longer. */
  src: string | null;
  /** In words. */
  label: string;
  /** The prediction at the time, when it was another one. */
  predicted: string | null;
  /** More about it, in words. */
  note: string | null;
}

/** Drawings in a grid, each a link to its page. */
export function DrawingGrid({ text, drawings }: { text: Text; drawings: readonly DrawingCard[] }) {
  return (
    <ul class="drawings">
      {drawings.map((drawing) => (
        <li>
          <Card text={text} {...drawing} />
        </li>
      ))}
    </ul>
  );
}

function Card({ text: { t }, id, src, label, predicted, note }: DrawingCard & { text: Text }) {
  const words =
    predicted === null
      ? t("samples.thumbnail", { label })
      : t("samples.thumbnailWrong", { label, predicted });
  const content = (
    <>
      {src === null ? (
        <span class="drawing-missing">{t("value.none")}</span>
      ) : (
        <img src={src} alt={words} width="56" height="56" />
      )}
      <span aria-hidden={src === null ? undefined : "true"}>
        <b>{label}</b>
        {predicted === null ? null : <span class="example-read"> → {predicted}</span>}
      </span>
      {note === null ? null : <span class="soft">{note}</span>}
    </>
  );
  if (id === null) return <div class="drawing-card">{content}</div>;
  return (
    <a class="drawing-card" href={`/samples/${encodeURIComponent(id)}`}>
      {content}
    </a>
  );
}
