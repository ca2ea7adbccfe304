import type {
  ChangedExample,
  ChangedKind,
  ChangedProps,
} from "../../../views/fragments/models/changed-sheet.tsx";
import { CHANGED_SETS, type ChangedSet, type Examples } from "../../domain/examples.ts";
import { exampleProps } from "./example-props.ts";

type Sets = Readonly<Record<string, Examples>>;

/** Drawings of each kind on the page of a run or a model. */
export const CHANGED_AT_ONCE = 12;

/**
 * The drawings that a run's candidate fixed and broke.
 * @param most of each kind.
 * @param hrefOf address of all of a kind.
 * @returns null when the run saved none of either.
 */
export function changedDrawings(
  sets: Sets,
  most: number,
  hrefOf: (kind: ChangedSet) => string | null,
): ChangedProps | null {
  if (CHANGED_SETS.every((kind) => pairOf(sets, kind) === null)) return null;
  const of = (kind: ChangedSet): ChangedKind => {
    const total = pairOf(sets, kind)?.candidate.answers.length ?? 0;
    return {
      examples: changedOf(sets, kind).slice(0, most),
      total,
      href: total > most ? hrefOf(kind) : null,
    };
  };
  return { fixed: of("fixed"), broken: of("broken") };
}

/** All drawings of one kind, with the answers of both models. */
export function changedOf(sets: Sets, kind: ChangedSet): ChangedExample[] {
  const pair = pairOf(sets, kind);
  if (pair === null) return [];
  const { candidate, champion } = pair;
  return candidate.answers.map((_, i) => {
    const { label, src, ...after } = exampleProps(candidate, i);
    const { predicted, confidence } = exampleProps(champion, i);
    return { label, src, champion: { predicted, confidence }, candidate: after };
  });
}

/** Null unless the answers of both models were saved, in the same order. */
function pairOf(sets: Sets, kind: ChangedSet): { candidate: Examples; champion: Examples } | null {
  const [candidate, champion] = [sets[kind], sets[`champion_${kind}`]];
  const isPair = candidate !== undefined && candidate.answers.length === champion?.answers.length;
  return isPair ? { candidate, champion } : null;
}
