/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { raw } from "hono/html";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the Pipelines page. */
export interface PipelinesPageProps extends PageProps {
  /** The rendered view of the graph (`views/graph/drawing.tsx`). */
  view: string;
}

/** The graph of a pipeline. Its script is views/assets/graph.ts. */
export function PipelinesPage({ view, ...props }: PipelinesPageProps) {
  return (
    <Page {...props} title={props.text.t("graph.title")} isGraph>
      {raw(view)}
    </Page>
  );
}
