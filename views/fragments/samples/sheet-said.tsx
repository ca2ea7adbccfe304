/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  type BulkResult,
  KEPT_REASONS,
  type SampleAction,
} from "../../../src/domain/samples/sheet/sheet-store.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";
import { actorWords } from "../actor-words.ts";
import { shortId } from "../runs/run-words.ts";

/** The result of the last action, in the line above the sheet. */
export interface SheetSaid {
  result: BulkResult;
  isUndo: boolean;
}

/** How many of the drawings that were not changed are links. */
const LINKED = 5;

/** The result of an action, what it could not change and why, and its undo. Null says nothing. */
export function SheetSaidLine({
  text,
  said,
  problem = null,
  undone = null,
}: {
  text: Text;
  said: SheetSaid | null;
  problem?: string | null;
  /** The action of which no undo is to be offered any more. */
  undone?: number | null;
}) {
  const { isUndo = false, result } = said ?? {};
  const id = result?.action?.id;
  // The script keeps the actions of its page, which alone its key undoes.
  const data = undone !== null ? { "data-undone": undone } : isUndo || !id ? {} : { "data-did": id };
  return (
    <div id="sheet-said" class="sheet-said" role="status" tabindex={-1} {...data}>
      {problem === null ? null : <p class="alert">{problem}</p>}
      {said === null ? null : <Said text={text} {...said} />}
    </div>
  );
}

function Said({ text, result, isUndo }: SheetSaid & { text: Text }) {
  const { t, number } = text;
  const { action, changed, unchanged } = result;
  const said =
    action === null
      ? t("sheet.nothingChanged")
      : isUndo
        ? undoneWords(text, action, changed)
        : actionWords(text, action);
  return (
    <>
      <p>
        <span>{said}</span>{" "}
        {unchanged === 0 ? null : <span class="soft">{t("sheet.unchanged", { n: number(unchanged) })}</span>}
        {isUndo || action === null ? null : <UndoForm text={text} action={action} />}
      </p>
      <KeptLines text={text} result={result} />
    </>
  );
}

function KeptLines({ text, result: { kept, named } }: { text: Text; result: BulkResult }) {
  const { t, number } = text;
  const reasons = KEPT_REASONS.filter((reason) => kept[reason] > 0);
  if (reasons.length === 0) return null;
  return (
    <ul class="plain-list sheet-kept">
      {reasons.map((reason) => (
        <li>
          {t(`sheet.kept.${reason}`, { n: number(kept[reason]) })}
          {named
            .filter((one) => one.reason === reason)
            .slice(0, LINKED)
            .map(({ id }) => (
              <>
                {" "}
                <a href={`/samples/${encodeURIComponent(id)}`}>
                  <code>{shortId(id)}</code>
                </a>
              </>
            ))}
        </li>
      ))}
    </ul>
  );
}

/** An action in words: "50 drawings labelled 7". */
function actionWords({ t, number }: Text, { kind, label, n }: SampleAction): string {
  const key: MessageKey = `sheet.did.${kind}`;
  return t(key, { n: number(n), label: label ?? "" });
}

/** An action that is undone, and how many of its drawings are as before: "Relabelled 2 as 7: undone". */
function undoneWords({ t, number }: Text, { kind, label }: SampleAction, n: number): string {
  const key: MessageKey = `sheet.undid.${kind}`;
  return t(key, { n: number(n), label: label ?? "" });
}

/** The message of an action that someone has undone already. */
export function alreadyUndoneWords(text: Text, action: SampleAction & { undoneAt: string }): string {
  const did = actionWords(text, action);
  return text.t("sheet.alreadyUndone", { did, at: text.dateTime(action.undoneAt) });
}

function UndoForm({ text: { t }, action }: { text: Text; action: SampleAction }) {
  return (
    <form class="inline" method="post" action={`/samples/actions/${action.id}/undo`} data-sheet-form>
      <button class="button" type="submit">
        {t("sheet.undo")}
      </button>
    </form>
  );
}

/** The newest actions on many drawings, each with its undo. */
export function SheetActions({ text, actions }: { text: Text; actions: readonly SampleAction[] }) {
  const { t } = text;
  return (
    <details id="sheet-actions" class="sheet-actions" hidden={actions.length === 0}>
      <summary>{t("sheet.actions")}</summary>
      <ul class="plain-rows">
        {actions.map((action) => (
          <li>
            <time datetime={action.at}>{text.dateTime(action.at)}</time>
            <span>
              {actionWords(text, action)}{" "}
              <span class="soft">{action.actor === null ? "" : actorWords(text, action.actor)}</span>
            </span>
            {action.undoneAt === null ? (
              <UndoForm text={text} action={action} />
            ) : (
              <span class="soft">{t("sheet.wasUndone")}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
