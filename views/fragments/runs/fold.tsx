/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";

/** A long part of a page, folded away. */
export interface FoldProps {
  /** Its heading, which is also what opens it. */
  title: string;
  /** The most important figure of it; "" for none. */
  figure?: string;
  isOpen?: boolean;
  children?: Child;
}

/** A part of a page that opens on request; on paper it is always open. */
export function Fold({ title, figure = "", isOpen = false, children }: FoldProps) {
  return (
    <details class="fold opens" open={isOpen}>
      <summary>
        <span>{title}</span>
        {figure === "" ? null : <strong>{figure}</strong>}
      </summary>
      {children}
    </details>
  );
}
