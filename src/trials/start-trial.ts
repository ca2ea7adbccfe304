import type { Actor } from "../domain/actor.ts";
import { CHAMPION } from "../domain/deployment.ts";
import type { Model } from "../domain/model.ts";
import type { Store } from "../domain/store.ts";
import type { Trial, TrialRules } from "../domain/trials/trial.ts";
import { ConflictError, NotFoundError } from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";
import { isBarred } from "./barred.ts";

/** The parts of the store that trials are in. */
export type TrialStores = Pick<Store, "trials" | "models">;

/** A version to try, who asks for it, and why. */
export interface TrialRequest {
  version: number;
  actor: Actor;
  reason: string;
  rules: TrialRules;
}

/**
 * Lets a candidate wait for a trial against the champion, for `promotion: shadow`. The server starts the trial within a
 * second, or when the current one has ended; a version that waited before is superseded.
 *
 * @returns null when the version is barred, because it was rolled back automatically.
 */
export async function offerChallenger(
  store: TrialStores,
  { version, actor, reason, rules }: TrialRequest,
): Promise<Trial | null> {
  const model = await requireVersion(store, version);
  if (await isBarred(store, model)) return null;
  return store.trials.add(challenge({ version, actor, reason, rules }));
}

/**
 * Starts a trial that a person requests. The server takes it up within a second.
 * @throws NotFoundError when there is no such version; ConflictError when it cannot be tried, or another is on trial.
 */
export async function startTrial(store: TrialStores, request: TrialRequest): Promise<Trial> {
  const { version } = request;
  const model = await requireVersion(store, version);
  const champion = (await store.models.aliases())[CHAMPION];
  if (champion === version) {
    const says = saying("trialOfChampion", { version });
    throw new ConflictError(`Model ${version} is the champion. Choose another version`, { says });
  }
  if (model.state !== "candidate" && model.state !== "ready") {
    const says = saying("trialOfRejected", { version });
    throw new ConflictError(
      `Model ${version} cannot be tried: it failed the gate, or its files do not work. Choose another version`,
      { says },
    );
  }
  if (await isBarred(store, model)) {
    const says = saying("trialOfBarred", { version });
    throw new ConflictError(
      `Model ${version} was rolled back automatically, so no trial may promote it. Promote it yourself if it should be live`,
      { says },
    );
  }
  const other = (await store.trials.open()).find(({ kind }) => kind === "challenge");
  if (other !== undefined) {
    const says = saying("trialIsOpen", { version: other.other });
    throw new ConflictError(`Model ${other.other} is on trial. Stop that trial first`, { says });
  }
  return store.trials.add(challenge(request));
}

/** @throws NotFoundError when there is no such trial; ConflictError when it has ended. */
export async function stopTrial(store: TrialStores, id: number, actor: Actor): Promise<Trial> {
  const trial = await store.trials.get(id);
  if (trial === null) {
    throw new NotFoundError(`There is no trial ${id}`, { says: saying("noTrial", { id }) });
  }
  const ended = await store.trials.end(id, {
    outcome: "stopped",
    endedBy: actor,
    endReason: "It was stopped by hand.",
  });
  if (ended === null) {
    throw new ConflictError(`Trial ${id} has already ended`, { says: saying("trialHasEnded", { id }) });
  }
  return ended;
}

function challenge({ version, actor, reason, rules }: TrialRequest) {
  return { kind: "challenge", other: version, deployment: null, startedBy: actor, reason, rules } as const;
}

async function requireVersion({ models }: TrialStores, version: number): Promise<Model> {
  const model = await models.get(version);
  if (model !== null) return model;
  throw new NotFoundError(`There is no model version ${version}`, { says: saying("noVersion", { version }) });
}
