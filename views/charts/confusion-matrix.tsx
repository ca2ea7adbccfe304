/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";
import { labelWidth, shortLabel } from "./labels.ts";

/** A confusion matrix, and links to its drawings. */
export interface ConfusionMatrixProps {
  text: Text;
  /** Name of the set and, if there are two models, of the model. */
  name: string;
  labels: readonly string[];
  /** Rows are true classes. */
  confusion: readonly (readonly number[])[];
  /** Address of a cell's drawings; null when they were not kept. */
  cellHref(label: string, predicted: string): string | null;
  /** Id of the element that shows them; without it, the link leads to a separate page. */
  target?: string;
}

const STEPS = 4;

/**
 * Counts of true class against predicted class: mistakes tinted in steps by frequency, every count in its cell. Row
 * and column heads stay visible while the matrix scrolls. Cells are links to their drawings.
 */
export function ConfusionMatrix(props: ConfusionMatrixProps) {
  const { text, name, labels } = props;
  const size = cellSize(labels.length);
  const side = size * labels.length;
  const isUpright = labels.every((label) => [...label].length <= 2);
  const left = labelWidth(labels);
  const top = isUpright ? 20 : left;
  return (
    <section
      class="matrix"
      tabindex={0}
      aria-label={text.t("chart.confusionAlt", { set: name, n: labels.length })}
    >
      <svg class="matrix-corner" width={left} height={top} aria-hidden="true" />
      <svg class="matrix-top" width={side} height={top} aria-hidden="true">
        {labels.map((label, k) => (
          <ColumnHead label={label} x={(k + 0.5) * size} y={top - 6} isUpright={isUpright} />
        ))}
      </svg>
      <svg class="matrix-left" width={left} height={side} aria-hidden="true">
        {labels.map((label, i) => (
          <text class="matrix-label" x={left - 6} y={(i + 0.5) * size + 4} text-anchor="end">
            {shortLabel(label)}
            <title>{label}</title>
          </text>
        ))}
      </svg>
      <Cells {...props} size={size} />
    </section>
  );
}

/** Size of a cell in px: ten classes fit the width of a phone. */
function cellSize(classes: number): number {
  return classes <= 10 ? 30 : 28;
}

function ColumnHead({ label, x, y, isUpright }: { label: string; x: number; y: number; isUpright: boolean }) {
  return (
    <text
      class="matrix-label"
      {...(isUpright
        ? { x, y, "text-anchor": "middle" }
        : { transform: `translate(${x + 4} ${y}) rotate(-90)` })}
    >
      {shortLabel(label)}
      <title>{label}</title>
    </text>
  );
}

function Cells({ text, labels, confusion, cellHref, target, size }: ConfusionMatrixProps & { size: number }) {
  const side = size * labels.length;
  const most = Math.max(1, ...confusion.flatMap((row, i) => row.filter((_, k) => k !== i)));
  return (
    <svg class="matrix-cells" width={side} height={side} role="presentation">
      <path class="matrix-grid" d={gridPath(labels.length, size)} />
      {confusion.flatMap((row, i) =>
        row.map((count, k) => {
          if (count === 0) return null;
          const [label, predicted] = [labels[i] ?? String(i), labels[k] ?? String(k)];
          return (
            <Cell
              x={k * size}
              y={i * size}
              size={size}
              count={cellText(count)}
              look={i === k ? "right" : `wrong-${Math.ceil((STEPS * count) / most)}`}
              title={text.t("chart.cell", { label, predicted, n: countWords(text, count) })}
              href={cellHref(label, predicted)}
              target={target}
            />
          );
        }),
      )}
    </svg>
  );
}

/** A count in the width of a cell, which is that of four digits: 12k for 12,345. Its title has all digits. */
function cellText(count: number): string {
  if (count < 10_000) return String(count);
  return count < 1_000_000 ? `${Math.floor(count / 1_000)}k` : `${Math.floor(count / 1_000_000)}M`;
}

/** The count with all its digits, after the cell's own text: a cell can be called by what it shows. */
function countWords(text: Text, count: number): string {
  const shown = cellText(count);
  return shown === String(count) ? shown : `${shown} (${text.number(count)})`;
}

interface CellProps {
  x: number;
  y: number;
  size: number;
  count: string;
  look: string;
  title: string;
  href: string | null;
  target: string | undefined;
}

function Cell({ x, y, size, count, look, title, href, target }: CellProps) {
  const content = (
    <>
      <rect x={x + 1} y={y + 1} width={size - 2} height={size - 2} rx="2" />
      <text x={x + size / 2} y={y + size / 2 + 4} text-anchor="middle">
        {count}
      </text>
      <title>{title}</title>
    </>
  );
  if (href === null) return <g class={`cell cell-${look}`}>{content}</g>;
  const swap =
    target === undefined ? {} : { "hx-get": href, "hx-target": `#${target}`, "hx-swap": "innerHTML" };
  return (
    <a class={`cell cell-${look}`} href={href} aria-label={title} {...swap}>
      {content}
    </a>
  );
}

function gridPath(classes: number, size: number): string {
  const side = classes * size;
  return Array.from({ length: classes + 1 }, (_, i) => `M0 ${i * size}H${side}M${i * size} 0V${side}`).join(
    "",
  );
}
