/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";

/** The part of a person's own drawings in an answer. */
export interface YourDrawingsProps {
  text: Text;
  /** Whether any of them supports the answer. */
  used: boolean;
  /** The answer. */
  label: string;
  /** The answer of the model alone, when it is another one. */
  changed_from: string | null;
  /** Those that support it most, the strongest first; only those of this sitting. */
  drawings: readonly {
    id: string;
    image: { rows: number; cols: number; pixels: readonly number[] };
  }[];
}

/** The person's own drawings that support an answer; nothing when none does. */
export function YourDrawings({ text: { t }, used, label, changed_from, drawings }: YourDrawingsProps) {
  if (!used) return null;
  const isChanged = changed_from !== null;
  return (
    <section class="stack">
      <p>{isChanged ? t("explain.yoursChanged", { label, from: changed_from }) : t("explain.yoursSame")}</p>
      {drawings.length === 0 ? (
        <p class="small soft">{t("explain.yoursElsewhere", { label })}</p>
      ) : (
        <>
          <h3>{t("explain.yours", { label })}</h3>
          <ul class="your-drawings">
            {drawings.map(({ id, image }) => (
              <li>
                <a href={`/samples/${encodeURIComponent(id)}`}>
                  <Ink alt={t("explain.yourDrawing", { label })} {...image} />
                </a>
              </li>
            ))}
          </ul>
          <p class="small soft">{t("explain.yoursNote", { label })}</p>
        </>
      )}
    </section>
  );
}

function Ink(props: { alt: string; rows: number; cols: number; pixels: readonly number[] }) {
  const { alt, rows, cols, pixels } = props;
  return (
    <svg viewBox={`0 0 ${cols} ${rows}`} role="img" aria-label={alt} shape-rendering="crispEdges">
      {pixels.map((ink, i) =>
        ink === 0 ? null : (
          <rect
            x={i % cols}
            y={Math.floor(i / cols)}
            width="1"
            height="1"
            fill-opacity={(ink / 255).toFixed(2)}
          />
        ),
      )}
    </svg>
  );
}
