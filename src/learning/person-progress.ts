import type { PersonAnswer, PersonAnswers } from "../domain/learning/learning-store.ts";
import type { PersonProgress, ProgressGroup } from "../domain/learning/overview.ts";
import { proportion } from "../domain/monitoring/proportion.ts";
import { mcNemar } from "../model-registry/gate/paired.ts";

/** Labelled drawings of a group. */
export const GROUP = 20;

type Numbered = PersonAnswers["answers"][number];

/** The prediction that the person saw. */
export function shownTo(answer: Pick<PersonAnswer, "predicted" | "shown">): string {
  return answer.shown ?? answer.predicted;
}

/**
 * The mistakes on a person's drawings, 20 at a time in the order in which they were labelled, by the model alone and by
 * what was shown: with the personal memory, where it changed the prediction. Every prediction was made before its label
 * was given. Groups are of the person's 1st to 20th labelled drawing, 21st to 40th and so on; one of which only a part was
 * read is left out, and drawings without a prediction count for nothing.
 */
export function personProgress(writer: string, { total, from, answers }: PersonAnswers): PersonProgress {
  const groups = [...Map.groupBy(answers, ({ number }) => Math.floor((number - 1) / GROUP))].filter(
    ([index]) => firstOf(index) >= from,
  );
  const used = groups.flatMap(([, group]) => group);
  const fixed = used.filter((one) => !isModelRight(one) && isShownRight(one)).length;
  const broken = used.filter((one) => isModelRight(one) && !isShownRight(one)).length;
  return {
    ...{ writer, total, fixed, broken },
    groups: groups.map(([index, group]) => groupOf(index, group, total)),
    ...sharesOf(used),
    p: mcNemar({ n: used.length, fixed, broken }),
  };
}

const isModelRight = ({ label, predicted }: PersonAnswer) => predicted === label;
const isShownRight = (answer: PersonAnswer) => shownTo(answer) === answer.label;

function sharesOf(answers: readonly PersonAnswer[]): Pick<ProgressGroup, "model" | "shown"> {
  const n = answers.length;
  return {
    model: proportion(n - answers.filter(isModelRight).length, n),
    shown: proportion(n - answers.filter(isShownRight).length, n),
  };
}

const firstOf = (index: number) => index * GROUP + 1;

function groupOf(index: number, group: readonly Numbered[], total: number): ProgressGroup {
  const from = firstOf(index);
  return { from, to: Math.min(total, from + GROUP - 1), at: group[0]!.at, ...sharesOf(group) };
}
