import type { Replay, Replays } from "../../src/domain/trials/replay.ts";
import { ConflictError, NotFoundError } from "../../src/lib/errors.ts";

/** Runs nothing: a replay stays as the test puts it. */
export class FakeReplays implements Replays {
  readonly replays: Replay[] = [];

  async start(version: number, last: number): Promise<Replay> {
    if (version > 3) throw new NotFoundError(`There is no model version ${version}`);
    if (this.replays.some(({ state }) => state === "running")) {
      throw new ConflictError("Model 2 is being replayed. Wait for the result");
    }
    const startedAt = "2026-01-02T03:04:05.000Z";
    const replay: Replay = { version, last, state: "running", result: null, error: null, startedAt };
    this.replays.unshift(replay);
    return replay;
  }

  get(version: number): Replay | null {
    return this.replays.find((replay) => replay.version === version) ?? null;
  }

  list(): Replay[] {
    return this.replays;
  }
}
