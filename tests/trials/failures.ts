import { LOCAL, SCHEDULE } from "../../src/domain/actor.ts";
import { decodeMetrics } from "../../src/domain/metrics.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { saysOf } from "../../src/lib/errors.ts";
import { createLog } from "../../src/lib/log.ts";
import type { Sentence } from "../../src/lib/saying.ts";
import { createReplays } from "../../src/server/trials/replays.ts";
import { startTrial, stopTrial } from "../../src/trials/start-trial.ts";
import { memoryStore } from "../storage/helpers.ts";
import { RULES } from "./support.ts";

/** The fields of a move that these tests do not look at. */
const MOVED = { actor: SCHEDULE, isForced: false, verdict: null };

/** Every reason for which a trial or a replay cannot be started or stopped. */
export async function trialFailures(): Promise<Sentence[]> {
  const store = await memoryStore();
  for (const state of ["ready", "candidate", "rejected"] as const) {
    await store.models.create({
      ...{ name: "digits", key: "k", sha256: state, runId: null, parentVersion: null, state },
      ...{ metrics: decodeMetrics({}), gate: null },
    });
  }
  const move = {
    alias: "champion",
    version: 1,
    action: "promote",
    ...MOVED,
    by: "start",
    reason: "",
  } as const;
  await store.models.moveAlias(move);
  const request = (version: number) => ({ version, actor: LOCAL, reason: "", rules: RULES });
  const start = (version: number) => startTrial(store, request(version));
  const log = createLog({ clock: systemClock, write: () => {} });
  const replays = createReplays({ store, run: () => new Promise(() => {}), clock: systemClock, log });
  await replays.start(1, 10);
  const failures = [
    await failureOf(start(1)),
    await failureOf(start(3)),
    await failureOf(replays.start(2, 10)),
  ];
  await start(2);
  failures.push(await failureOf(start(2)), await failureOf(stopTrial(store, 9, LOCAL)));
  await stopTrial(store, 1, LOCAL);
  failures.push(await failureOf(stopTrial(store, 1, LOCAL)));
  const watch = {
    kind: "watch",
    other: 1,
    deployment: 1,
    startedBy: null,
    reason: "",
    rules: RULES,
  } as const;
  const { id } = await store.trials.add(watch);
  await store.trials.start(id, 2);
  await store.trials.end(id, { outcome: "rolled_back", endedBy: null, endReason: "" });
  failures.push(await failureOf(start(2)));
  return failures;
}

async function failureOf(refused: Promise<unknown>): Promise<Sentence> {
  try {
    await refused;
  } catch (error) {
    return { message: (error as Error).message, says: saysOf(error) };
  }
  throw new Error("was not refused");
}
