/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { MAX_SELECTED, type SampleAction } from "../../../src/domain/samples/sheet/sheet-store.ts";
import { ImportPanel } from "../../fragments/samples/import-panel.tsx";
import { SheetBar, type SheetBarProps } from "../../fragments/samples/sheet-bar.tsx";
import { SheetPage, type SheetPageProps } from "../../fragments/samples/sheet-cells.tsx";
import { SheetFilter, type SheetFilterProps } from "../../fragments/samples/sheet-filter.tsx";
import { SheetHelp } from "../../fragments/samples/sheet-help.tsx";
import { sheetPath } from "../../fragments/samples/sheet-path.ts";
import { SheetActions, SheetSaidLine } from "../../fragments/samples/sheet-said.tsx";
import { Page, type PageProps } from "../../layout/page.tsx";

/** The properties of the page of all drawings. */
export type SamplesPageProps = PageProps &
  SheetFilterProps &
  SheetBarProps &
  SheetPageProps & {
    actions: readonly SampleAction[];
    /** Greatest length of a file that is imported, in bytes. */
    maxImportBytes: number;
  };

/** All drawings as a contact sheet, with a filter, a selection, and actions on it. */
export function SamplesPage(props: SamplesPageProps) {
  const { text, fields, items, total, nextCursor, classes } = props;
  const { t, number } = text;
  return (
    <Page {...props} title={t("samples.title")} isSheet>
      <div class="page-head">
        <div>
          <h1>{t("samples.title")}</h1>
          <p>{t("sheet.lead")}</p>
        </div>
        <p class="page-acts">
          {fields.writer === undefined ? null : (
            <a
              class="button button-grave"
              href={`/samples/forget?${new URLSearchParams({ writer: fields.writer })}`}
            >
              {t("samples.forget")}
            </a>
          )}
          <a class="button" href="/samples/map">
            {t("map.link")}
          </a>
          <button class="button" type="button" data-do="help" hidden>
            {t("draw.help")}
          </button>
        </p>
      </div>
      <div class="stack">
        <ImportPanel text={text} maxBytes={props.maxImportBytes} />
        <SheetFilter {...props} />
        <div>
          <div class="sheet-head">
            <b>{t("sheet.total", { n: number(total) })}</b>
            <SheetSaidLine text={text} said={null} />
          </div>
          <SheetActions text={text} actions={props.actions} />
        </div>
        <noscript>
          <p class="alert">{t("sheet.noScript")}</p>
        </noscript>
        {items.length === 0 ? (
          <p class="sheet soft">{t("samples.none")}</p>
        ) : (
          <div
            id="sheet"
            class="cells"
            role="listbox"
            aria-multiselectable="true"
            aria-label={t("samples.title")}
            data-classes={JSON.stringify(classes)}
            data-total={total}
            data-texts={JSON.stringify({
              tooMany: t("sheet.tooMany", { n: number(MAX_SELECTED) }),
              failed: t("sheet.failed"),
              busy: t("sheet.busy"),
              nothingToUndo: t("sheet.nothingToUndo"),
            })}
          >
            <SheetPage {...props} />
          </div>
        )}
        {nextCursor === null ? null : (
          <noscript>
            <a class="button" href={sheetPath(fields, { cursor: nextCursor })}>
              {t("samples.older")}
            </a>
          </noscript>
        )}
        <SheetBar {...props} />
      </div>
      <SheetHelp text={text} classes={classes} />
    </Page>
  );
}
