/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";

/** One image with what it is and what it was taken for. */
export interface ExampleProps {
  label: string;
  predicted: string;
  /** 0..1, in `predicted`. */
  confidence: number;
  /** Of the image, dark ink on white. */
  src: string;
}

/** Images side by side, each with its class, what was read and how sure the model was. */
export function ExampleSheet({ text, examples }: { text: Text; examples: readonly ExampleProps[] }) {
  const { t, percent } = text;
  return (
    <ul class="examples">
      {examples.map(({ label, predicted, confidence, src }) => {
        const isRight = label === predicted;
        const words = t(isRight ? "examples.altRight" : "examples.altWrong", {
          label,
          predicted,
          percent: percent(confidence),
        });
        return (
          <li class={isRight ? "example" : "example is-wrong"}>
            <img src={src} alt={words} width="56" height="56" />
            <span class="example-words" aria-hidden="true">
              <b>{label}</b>
              {isRight ? null : <span class="example-read"> → {predicted}</span>}
              <span class="soft"> {percent(confidence)}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
