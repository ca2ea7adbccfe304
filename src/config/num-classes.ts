import type { Problem } from "./errors.ts";
import { type Mapping, originAt, toPlain } from "./tree.ts";

/** The name that Keras examples give to the number of classes. It is one of the project's own parameters. */
const NUM_CLASSES = "num_classes";

/** Checks that a project's own `num_classes` agrees with `classes`: training by one and reporting by the other is wrong. */
export function checkNumClasses(parameters: Mapping, classes: readonly string[], problems: Problem[]): void {
  const given = parameters.entries.get(NUM_CLASSES);
  if (given === undefined || toPlain(given) === classes.length) return;
  problems.push({
    origin: originAt(parameters, [NUM_CLASSES]),
    message: `${NUM_CLASSES} is ${JSON.stringify(toPlain(given))}, but "classes" has ${classes.length} labels. Change one of them`,
  });
}
