/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";
import { AskExample, Buttons, ChipsExample, KeysExample, TabsExample } from "./action-examples.tsx";
import {
  ChartsExample,
  CommandExample,
  EvaluationExample,
  FactsExample,
  TablesExample,
} from "./data-examples.tsx";
import {
  DrawingsExample,
  type ExamplePicture,
  LargeDrawingExample,
  SaliencyExample,
} from "./drawing-examples.tsx";
import { FieldsExample, InlineFormExample, SettingsExample } from "./field-examples.tsx";
import { EmptyExample, NoticesExample, SiteNoticeExample, ToastExample } from "./message-examples.tsx";
import {
  ChecksExample,
  MarksExample,
  ProgressExample,
  StripExample,
  TagsExample,
} from "./state-examples.tsx";

/** The properties of each example. */
export interface ExampleProps {
  text: Text;
  picture: ExamplePicture;
}

/** A component of the pages, with an example. */
export interface StyledComponent {
  /** Its anchor on the page. */
  id: string;
  name: MessageKey;
  /** When to use it. */
  use: MessageKey;
  /** Where it is defined. */
  file: string;
  Example(props: ExampleProps): Child;
  /** Whether the example only shows: its links and buttons would lead to something that does not exist. */
  isInert?: boolean;
}

function component(
  id: string,
  key: MessageKey & `styleguide.c.${string}`,
  file: string,
  Example: StyledComponent["Example"],
  isInert = false,
): StyledComponent {
  return {
    id,
    name: key,
    use: `styleguide.use.${key.slice("styleguide.c.".length)}` as MessageKey,
    file,
    Example,
    isInert,
  };
}

/** Every component that more than one page uses, in the order of the style guide. */
export const COMPONENTS: readonly StyledComponent[] = [
  component("buttons", "styleguide.c.button", "views/assets/styles/controls.css", Buttons),
  component("ask", "styleguide.c.ask", "views/fragments/ask.tsx", AskExample),
  component("keys", "styleguide.c.keys", "views/fragments/keys-dialog.tsx", KeysExample),
  component("tabs", "styleguide.c.tabs", "views/assets/styles/lineage.css", TabsExample),
  component("chips", "styleguide.c.chips", "views/assets/styles/controls.css", ChipsExample),
  component("fields", "styleguide.c.fields", "views/fragments/runs/parameter-fields.tsx", FieldsExample),
  component(
    "settings",
    "styleguide.c.settings",
    "views/fragments/settings/setting-input.tsx",
    SettingsExample,
  ),
  component("inline-form", "styleguide.c.inlineForm", "views/assets/styles/controls.css", InlineFormExample),
  component("notices", "styleguide.c.notices", "views/fragments/notice.tsx", NoticesExample),
  component(
    "site-notice",
    "styleguide.c.siteNotice",
    "views/layout/site-notices.tsx",
    SiteNoticeExample,
    true,
  ),
  component("toast-example", "styleguide.c.toast", "views/layout/page.tsx", ToastExample),
  component("empty", "styleguide.c.empty", "views/charts/series-chart.tsx", EmptyExample),
  component("marks", "styleguide.c.marks", "views/fragments/status-mark.tsx", MarksExample),
  component("tags", "styleguide.c.tags", "views/fragments/models/models-list.tsx", TagsExample),
  component("checks", "styleguide.c.checks", "views/fragments/models/gate-checks.tsx", ChecksExample),
  component(
    "progress",
    "styleguide.c.progress",
    "views/fragments/learning-status.tsx",
    ProgressExample,
    true,
  ),
  component("strip", "styleguide.c.strip", "views/layout/home-strip.tsx", StripExample, true),
  component("tables", "styleguide.c.tables", "views/fragments/models/deployments-table.tsx", TablesExample),
  component("facts", "styleguide.c.facts", "views/fragments/runs/fold.tsx", FactsExample),
  component("command", "styleguide.c.command", "views/assets/styles/detail.css", CommandExample),
  component("charts", "styleguide.c.charts", "views/charts/series-chart.tsx", ChartsExample),
  component("evaluation", "styleguide.c.evaluation", "views/fragments/evaluation.tsx", EvaluationExample),
  component("saliency", "styleguide.c.saliency", "views/charts/saliency-chart.tsx", SaliencyExample),
  component("drawings", "styleguide.c.drawings", "views/fragments/lineage/drawing-grid.tsx", DrawingsExample),
  component(
    "drawing",
    "styleguide.c.drawing",
    "views/fragments/review/review-drawing.tsx",
    LargeDrawingExample,
  ),
];
