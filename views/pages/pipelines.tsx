import { GraphView } from "../graph/view.tsx";
import type { GraphViewProps } from "../graph/view-props.ts";
import { Page, type PageProps } from "../layout/page.tsx";

export interface PipelinesPageProps extends PageProps {
  view: Omit<GraphViewProps, "text">;
}

/** The graph of a pipeline. Its script is views/assets/graph.ts. */
export function PipelinesPage(props: PipelinesPageProps) {
  const { text, view } = props;
  return (
    <Page {...props} title={text.t("graph.title")} isGraph>
      <GraphView text={text} {...view} />
    </Page>
  );
}
