import type { PoolDecision } from "../../../../domain/queue/queue-grid.ts";
import { GRID_PAGE, type OddDecision } from "../../../../domain/samples/grid/grid-store.ts";
import { InputError } from "../../../../lib/errors.ts";
import { requireClass } from "../../../api/label.ts";

type Fields = Partial<Record<string, string>>;

const ID = /^[0-9a-f-]{36}$/;

/** The decisions of a form about a page of the grid. */
export interface GridForm {
  label: string;
  /** All drawings of the page. */
  shown: string[];
  /** Those that are marked as odd, with the decision about each; null where the person has not made it yet. */
  odd: { id: string; decision: OddDecision | null }[];
}

/**
 * Reads the form of the grid: `label`, `shown` (ids), `odd.ID` for each mark, and `to.ID` for its decision: "label:7",
 * "none", "withdraw" or "review".
 * @throws InputError when it shows no drawings, or has a decision that is not one of them.
 */
export function gridForm(classes: readonly string[], fields: Fields): GridForm {
  const { label = "", shown: text = "" } = fields;
  requireClass(classes, label);
  const shown = [...new Set(text.split(" ").filter((id) => id !== ""))];
  if (shown.length === 0 || shown.length > GRID_PAGE || !shown.every((id) => ID.test(id))) {
    throw new InputError(
      `shown: expected the ids of 1 to ${GRID_PAGE} drawings, found "${text.slice(0, 80)}"`,
    );
  }
  const odd = shown
    .filter((id) => fields[`odd.${id}`] !== undefined)
    .map((id) => ({ id, decision: decisionOf(classes, fields[`to.${id}`]) }));
  return { label, shown, odd };
}

function decisionOf(classes: readonly string[], value: string | undefined): OddDecision | null {
  if (value === undefined || value === "") return null;
  if (value === "none" || value === "withdraw" || value === "review") return { kind: value };
  const [, label] = /^label:(.+)$/.exec(value) ?? [];
  if (label === undefined) {
    throw new InputError(
      `to: expected "label:" and a class, none, withdraw or review, found "${value.slice(0, 40)}"`,
    );
  }
  requireClass(classes, label);
  return { kind: "relabel", label };
}

/** The same decision about a drawing without a label: it is discarded instead of withdrawn, and left to the queue. */
export function poolDecisionOf(decision: OddDecision): PoolDecision {
  switch (decision.kind) {
    case "relabel":
      return { kind: "label", label: decision.label };
    case "none":
      return { kind: "none" };
    case "withdraw":
      return { kind: "discard" };
    case "review":
      return { kind: "leave" };
  }
}
