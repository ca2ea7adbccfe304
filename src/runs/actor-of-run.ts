import { type Actor, COMMAND_LINE, LOCAL, SCHEDULE } from "../domain/actor.ts";
import type { Run } from "../domain/runs/run.ts";

/** Triggers of people; every other one is the scheduler's. */
const BY_PEOPLE: Readonly<Record<string, Actor>> = { cli: COMMAND_LINE, api: LOCAL, page: LOCAL };

/** Returns who acts when a run promotes its model: the one who started the run, by its trigger if it is not recorded. */
export function actorOfRun({
  trigger,
  startedBy = null,
}: Pick<Run, "trigger"> & { startedBy?: Actor | null }): Actor {
  if (startedBy !== null) return startedBy;
  return Object.hasOwn(BY_PEOPLE, trigger) ? BY_PEOPLE[trigger]! : SCHEDULE;
}
