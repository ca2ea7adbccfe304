import type { Assignment } from "./assignments.ts";
import type { Mapping } from "./tree.ts";

const EPOCHS = "tuning_epochs";
const LEAST = "tuning_min_steps";

/**
 * Returns the assignments with `tuning_min_steps=0` where a project sets `tuning_epochs` and not the least number of
 * steps: whoever asks for two epochs gets two.
 *
 * @param own the project's parameters, without those built in.
 */
export function withAskedEpochs(
  own: readonly Mapping[],
  assignments: readonly Assignment[],
): readonly Assignment[] {
  const isSet = (name: string) =>
    own.some(({ entries }) => entries.has(name)) || assignments.some(({ path }) => path.join(".") === name);
  if (!isSet(EPOCHS) || isSet(LEAST)) return assignments;
  const origin = { source: EPOCHS, position: null, key: LEAST };
  return [...assignments, { path: [LEAST], value: { kind: "scalar", origin, value: 0 } }];
}
