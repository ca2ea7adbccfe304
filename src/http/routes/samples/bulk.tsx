/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { ChangedCells } from "../../../../views/fragments/samples/sheet-cells.tsx";
import {
  alreadyUndoneWords,
  SheetActions,
  type SheetSaid,
  SheetSaidLine,
} from "../../../../views/fragments/samples/sheet-said.tsx";
import { SAMPLE_STATES } from "../../../domain/sample.ts";
import type { BulkChange, SelectedSample, Selection } from "../../../domain/samples/sheet/sheet-store.ts";
import { ConflictError, InputError, TegakiError } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import { actorOf } from "../../access/identity.ts";
import { requireClass } from "../../api/label.ts";
import type { AppDeps } from "../../deps.ts";
import { notAs, notOneOf } from "../../expected.ts";
import { formFields } from "../../middleware/form.ts";
import { errorWords } from "../failures.ts";
import { readerText, readerTimeZone } from "../reader.ts";
import { filterFields, filterOf } from "./filter-fields.ts";

type Fields = Partial<Record<string, string>>;

const ACTIONS = 10;
const KINDS = ["none", "withdraw", "restore", "confirm"] as const;
/** "ID STATE LABEL", the label empty for a drawing of none of the classes. */
const LINE = /^(\S{1,100}) (\w{1,20}) (.*)$/;

/** `/samples/bulk` and `/samples/actions`: one change for all selected drawings, and its undo. */
export function createBulkRoutes(deps: AppDeps): Hono {
  const { sheet } = deps.store;
  const routes = new Hono();

  routes.post("/bulk", async (c) => {
    const fields = await formFields(c);
    return answer(c, deps, fields, async () => {
      const selection = selectionOf(c, fields);
      return {
        result: await sheet.change(selection, changeOf(deps.classes, fields), actorOf(c)),
        isUndo: false,
      };
    });
  });

  routes.post("/actions/:id{[0-9]{1,15}}/undo", async (c) => {
    const fields = await formFields(c);
    const id = Number(c.req.param("id"));
    const act = async () => ({ result: await sheet.undo(id, actorOf(c)), isUndo: true });
    return answer(c, deps, fields, act, id);
  });

  return routes;
}

/**
 * Responds with the result, and with the drawings that the reader's page has; without the script, with the page.
 * @param undone the action that is undone; null for a change.
 */
async function answer(
  c: Context,
  deps: AppDeps,
  fields: Fields,
  act: () => Promise<SheetSaid>,
  undone: number | null = null,
): Promise<Response> {
  const text = readerText(c);
  const { sheet } = deps.store;
  const parts = async (line: Parameters<typeof SheetSaidLine>[0]) => {
    const [items, actions] = await Promise.all([
      sheet.items(linesOf(fields.loaded ?? fields.samples).map(({ id }) => id)),
      sheet.actions(ACTIONS),
    ]);
    return (
      <>
        <SheetSaidLine {...line} />
        <SheetActions text={text} actions={actions} />
        <ChangedCells text={text} items={items} />
      </>
    );
  };
  try {
    const said = await act();
    if (c.req.header("x-sheet") === undefined) return c.redirect("/samples", 303);
    return c.html(await parts({ text, said, undone }));
  } catch (error) {
    if (!(error instanceof TegakiError)) throw error;
    const action = error instanceof ConflictError && undone !== null ? await sheet.action(undone) : null;
    if (action !== null && action.undoneAt !== null) {
      const problem = alreadyUndoneWords(text, { ...action, undoneAt: action.undoneAt });
      return c.html(await parts({ text, said: null, problem, undone }), 409);
    }
    const problem = errorWords(text, error);
    const status = error instanceof ConflictError ? 409 : 400;
    return c.html(<SheetSaidLine text={text} said={null} problem={problem} />, status);
  }
}

/** The selection of a form: the listed drawings, or all that match its filter. @throws InputError for neither. */
export function selectionOf(c: Context, fields: Fields): Selection {
  if (fields.all === "1") {
    const filter = filterOf(filterFields(fields, "filter."), readerTimeZone(c) ?? "UTC");
    return { filter: { ...filter, ...(fields.arrived_by ? { arrivedBy: fields.arrived_by } : {}) } };
  }
  const samples = linesOf(fields.samples);
  if (samples.length > 0) return { samples };
  throw new InputError("samples: expected the drawings to change, found none. Select some first", {
    says: saying("request.nothingSelected"),
  });
}

/** Reads the drawings of a form, one per line. @throws InputError for a line of another form. */
function linesOf(text: string | undefined): SelectedSample[] {
  const lines = (text ?? "").split(/\r?\n/).filter((line) => line !== "");
  return lines.map((line) => {
    const [, id, word, label] = LINE.exec(line) ?? [];
    const state = SAMPLE_STATES.find((one) => one === word);
    if (id === undefined || state === undefined)
      throw notAs("samples", 'lines "ID STATE LABEL"', "lines", line);
    return { id, seen: { label: label === "" ? null : label!, state } };
  });
}

/** @throws InputError for a change that is not known, or a label that is not a class. */
function changeOf(classes: readonly string[], { do: kind, label }: Fields): BulkChange {
  if (kind === "relabel") {
    requireClass(classes, label ?? "");
    return { kind, label: label! };
  }
  const found = KINDS.find((one) => one === kind);
  if (found !== undefined) return { kind: found };
  throw notOneOf("do", ["relabel", ...KINDS], kind);
}
