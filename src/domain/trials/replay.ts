/** The greatest number of stored drawings that a replay classifies. */
export const MAX_REPLAY = 10_000;

/** Wins and losses of a version against the champion. */
export interface ReplayCounts {
  n: number;
  bothCorrect: number;
  /** Losses: only the champion classified the drawing correctly. */
  championOnly: number;
  /** Wins. */
  otherOnly: number;
  neither: number;
}

/** A version and the champion on the newest labelled drawings. */
export interface ReplayResult extends ReplayCounts {
  version: number;
  champion: number;
  /** Two-sided p of the exact McNemar test. */
  p: number;
  /** The same counts over the drawings that the version was not trained on. */
  unseen: ReplayCounts & { p: number };
  classes: Record<string, ReplayCounts>;
}

/** A replay that was requested from a server. */
export interface Replay {
  version: number;
  last: number;
  state: "running" | "done" | "failed";
  result: ReplayResult | null;
  /** Null unless it failed. */
  error: string | null;
  /** ISO 8601, UTC. */
  startedAt: string;
}

/** The replays of a server; only the newest are remembered, until it stops. */
export interface Replays {
  /** @throws ConflictError while another one is running; NotFoundError when there is no such version. */
  start(version: number, last: number): Promise<Replay>;
  /** The newest one of a version; null when there is none. */
  get(version: number): Replay | null;
  /** Newest first. */
  list(): Replay[];
}
