/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type GateRecord, type Verdict, verdictOf } from "../../../src/domain/gate.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";

const SHAPES: Readonly<Record<Verdict, string>> = {
  better: "M8 13V3.5M4 7.5l4-4 4 4",
  not_worse: "M3.5 6h9M3.5 10h9",
  held: "M5.5 3.5v9M10.5 3.5v9",
  rejected: "M4 4l8 8M12 4l-8 8",
};

/** The gate's verdict as a shape and a word; a decision of an older release has only passed or failed. */
export function VerdictMark({ text, gate }: { text: Text; gate: Pick<GateRecord, "verdict" | "passed"> }) {
  const verdict = verdictOf(gate);
  return (
    <span class={`status verdict verdict-${verdict}`}>
      <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.75" aria-hidden="true">
        <path d={SHAPES[verdict]} stroke-linecap="round" stroke-linejoin="round" />
      </svg>
      {text.t(wordOf(gate))}
    </span>
  );
}

function wordOf({ verdict, passed }: Pick<GateRecord, "verdict" | "passed">): MessageKey {
  if (verdict !== undefined) return `verdict.${verdict}`;
  return passed ? "models.gate.passed" : "models.gate.failed";
}
