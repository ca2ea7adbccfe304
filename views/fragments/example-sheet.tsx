/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";

/** One image with its true and its predicted class. */
export interface ExampleProps {
  label: string;
  predicted: string;
  /** 0..1, of `predicted`. */
  confidence: number;
  /** Address of the image, dark ink on white. */
  src: string;
}

/** A sheet of images, each with its class, the predicted class and the confidence. */
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
