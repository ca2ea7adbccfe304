import type { Store } from "../../domain/store.ts";
import type { Replay, ReplayResult, Replays } from "../../domain/trials/replay.ts";
import type { Clock } from "../../lib/clock.ts";
import { ConflictError, messageOf, NotFoundError } from "../../lib/errors.ts";
import type { Log } from "../../lib/log.ts";
import { saying } from "../../lib/saying.ts";

/** Runs `tegaki model replay`, and resolves with its result. @throws when it fails. */
export type RunReplay = (version: number, last: number) => Promise<ReplayResult>;

/** Everything that replays need. */
export interface ReplaysDeps {
  store: Pick<Store, "models">;
  run: RunReplay;
  clock: Clock;
  log: Log;
}

/** Replays that are remembered. */
const MAX_REPLAYS = 20;

/** Creates the replays of a server: one at a time, each in its own process. */
export function createReplays({ store, run, clock, log }: ReplaysDeps): Replays {
  /** Newest first. */
  let replays: Replay[] = [];

  function put(replay: Replay): void {
    replays = [replay, ...replays.filter(({ version }) => version !== replay.version)].slice(0, MAX_REPLAYS);
  }

  return {
    async start(version, last) {
      if ((await store.models.get(version)) === null) {
        throw new NotFoundError(`There is no model version ${version}`, {
          says: saying("noVersion", { version }),
        });
      }
      const other = replays.find(({ state }) => state === "running");
      if (other !== undefined) {
        const says = saying("replayIsRunning", { version: other.version });
        throw new ConflictError(`Model ${other.version} is being replayed. Wait for the result`, { says });
      }
      const replay: Replay = {
        ...{ version, last, state: "running", result: null, error: null },
        startedAt: clock.now().toISOString(),
      };
      put(replay);
      run(version, last).then(
        (result) => put({ ...replay, state: "done", result }),
        (error) => {
          log.error(`model ${version} could not be replayed`, { model_version: version, error });
          put({ ...replay, state: "failed", error: messageOf(error) });
        },
      );
      return replay;
    },
    get: (version) => replays.find((replay) => replay.version === version) ?? null,
    list: () => replays,
  };
}
