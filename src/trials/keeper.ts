import { SCHEDULE } from "../domain/actor.ts";
import { CHAMPION, type Deployment } from "../domain/deployment.ts";
import type { Model } from "../domain/model.ts";
import type { Store } from "../domain/store.ts";
import { CHALLENGER, type Trial, type TrialOutcome, type TrialRules } from "../domain/trials/trial.ts";
import { ConflictError, messageOf } from "../lib/errors.ts";
import type { Log, LogFields } from "../lib/log.ts";
import type { ModelRegistry } from "../model-registry/model-registry.ts";
import { isBarred } from "./barred.ts";
import { type Decision, decisionOf } from "./decide.ts";
import { type LabelsOf, pairLabels } from "./pair-labels.ts";
import { tallyOf } from "./tally.ts";
import { adviceWords, decisionWords } from "./trial-words.ts";

/** How the log of deployments names a move that a trial has decided. */
const BY_TRIAL = "trial";
/** The page of the trials. */
const HREF = "/models/trials";

/** The settings of trials in server.yml. */
interface TrialSettings {
  /** Of a trial that starts now. */
  rules: TrialRules;
  /** Whether the previous champion keeps scoring after a promotion. */
  watches: boolean;
  /** Whether a decision moves the champion; otherwise a notice tells people of it. */
  moves: boolean;
}

/** Everything that trials need. */
export interface TrialKeeperDeps {
  store: Pick<Store, "trials" | "models">;
  registry: Pick<ModelRegistry, "promote" | "rollback">;
  /** Loads these versions next to the live one, and frees all others. @returns those that cannot be loaded. */
  use(models: readonly Model[]): Promise<ReadonlyMap<number, unknown>>;
  labelsOf: LabelsOf;
  /** The settings in force; they may change between two turns. A trial keeps the rules that it started with. */
  settings(): TrialSettings;
  log: Log;
}

/** Starts trials, pairs the labels, and acts when one is decided. */
export interface TrialKeeper {
  /** One step; must not be called again before it resolves. Everything that it knows is in the store. */
  turn(): Promise<void>;
}

/** Creates the keeper of a server's trials. */
export function createTrialKeeper(deps: TrialKeeperDeps): TrialKeeper {
  const { store, registry, log } = deps;
  const { trials, models } = store;

  /** @returns whether it was still open: someone may have stopped it. */
  async function endAs(trial: Trial, outcome: TrialOutcome, endReason: string): Promise<boolean> {
    if ((await trials.end(trial.id, { outcome, endedBy: SCHEDULE, endReason })) === null) return false;
    log.info(`trial ${trial.id} has ended: ${endReason}`, fieldsOf(trial));
    return true;
  }

  /** Ends the trials whose champion or challenger has changed. */
  async function endOutdated(champion: number, challenger: number | null, newest: Deployment | null) {
    for (const trial of await running()) {
      if (trial.champion !== champion) await endChanged(trial, champion, newest);
      else if (trial.kind === "challenge" && trial.other !== challenger) {
        await endAs(trial, "stopped", `The alias ${CHALLENGER} no longer points to model ${trial.other}.`);
      }
    }
  }

  async function endChanged(trial: Trial, champion: number, newest: Deployment | null): Promise<void> {
    const isOurs = newest?.by === BY_TRIAL && newest.action === "rollback";
    if (isOurs && trial.kind === "watch" && champion === trial.other) return endRolledBack(trial);
    if (champion === trial.other && trial.kind === "challenge") {
      await endAs(trial, "promoted", newest?.reason ?? "It was promoted.");
      return;
    }
    // Stopped in the meantime: it must not begin again.
    if (!(await endAs(trial, "champion_changed", `The champion is now model ${champion}.`))) return;
    const waits = (await trials.open()).some(({ kind }) => kind === "challenge");
    if (trial.kind !== "challenge" || waits) return;
    const { kind, other, startedBy, rules } = trial;
    const reason = `The champion changed during trial ${trial.id}.`;
    await trials.add({ kind, other, deployment: null, startedBy, rules, reason });
  }

  /** After a promotion, however it came about, the previous champion becomes the control. */
  async function watchPromotion(newest: Deployment | null): Promise<void> {
    const { watches, rules } = deps.settings();
    if (!watches || newest?.action !== "promote" || newest.previousVersion === null) return;
    const { id, version, previousVersion } = newest;
    if (version === previousVersion || (await trials.hasWatch(id))) return;
    const reason = `Model ${version} was promoted.`;
    await trials.add({
      ...{ kind: "watch", other: previousVersion, deployment: id, startedBy: SCHEDULE, reason, rules },
    });
  }

  /** A challenger that was named by its alias alone. */
  async function takeUpAlias(champion: number, challenger: number | null): Promise<void> {
    if (challenger === null || challenger === champion) return;
    const reason = `The alias ${CHALLENGER} was set.`;
    const { rules } = deps.settings();
    await trials.addAliased({
      kind: "challenge",
      other: challenger,
      deployment: null,
      startedBy: null,
      reason,
      rules,
    });
  }

  async function startWaiting(champion: number): Promise<void> {
    const open = await trials.open();
    for (const trial of open.filter(({ state }) => state === "waiting")) {
      if (open.some(({ kind, state }) => kind === trial.kind && state === "running")) continue;
      const why = await whyNot(trial, champion);
      if (why !== null) await endAs(trial, "unusable", why);
      else if ((await trials.start(trial.id, champion)) !== null) {
        log.info(`trial ${trial.id}: model ${trial.other} scores unseen. ${trial.reason}`, fieldsOf(trial));
      }
    }
  }

  async function whyNot({ kind, other }: Trial, champion: number): Promise<string | null> {
    const model = await models.get(other);
    if (model === null || model.state === "broken") return `Model ${other} cannot be loaded.`;
    if (other === champion) return `Model ${other} is the champion.`;
    if (kind === "challenge" && (await isBarred(store, model))) {
      return `Model ${other} was rolled back automatically.`;
    }
    return null;
  }

  async function running(): Promise<Trial[]> {
    return (await trials.open()).filter(({ state }) => state === "running");
  }

  /** Loads the models of the running trials. A trial whose model cannot be loaded ends. */
  async function load(): Promise<Trial[]> {
    const open = await running();
    const wanted = await Promise.all(
      [...new Set(open.map(({ other }) => other))].map((one) => models.get(one)),
    );
    const failed = await deps.use(wanted.filter((model) => model !== null));
    for (const trial of open.filter(({ other }) => failed.has(other))) {
      await endAs(
        trial,
        "unusable",
        `Model ${trial.other} cannot be loaded: ${messageOf(failed.get(trial.other))}`,
      );
    }
    return open.filter(({ other }) => !failed.has(other));
  }

  /** The trial with its current counts; null when it has ended. */
  async function count(id: number): Promise<Trial | null> {
    const trial = await trials.get(id);
    if (trial?.state !== "running") return null;
    if (!trial.isStale) return trial;
    const tally = tallyOf(await trials.takePairs(id), trial.rules, trial.writersBefore);
    await trials.putTally(id, tally);
    return { ...trial, tally };
  }

  async function act(trial: Trial, decision: Decision): Promise<void> {
    const { message } = decisionWords(trial, decision);
    if (!deps.settings().moves && (decision === "promoted" || decision === "rolled_back"))
      return advise(trial, decision);
    if (decision === "promoted") return promote(trial, message);
    if (decision === "rolled_back") return rollBack(trial, message);
    await endAs(trial, decision, message);
  }

  async function advise(trial: Trial, decision: Decision): Promise<void> {
    const sentence = adviceWords(trial, decision);
    log.warning(sentence.message, fieldsOf(trial));
    const end = { outcome: "advised", endedBy: SCHEDULE, endReason: sentence.message } as const;
    await trials.end(trial.id, { ...end, notice: { ...sentence, href: HREF } });
  }

  async function promote(trial: Trial, reason: string): Promise<void> {
    const model = await models.get(trial.other);
    await moving(trial, async () => {
      await registry.promote(trial.other, {
        ...{ by: BY_TRIAL, actor: SCHEDULE, reason },
        ...(trial.champion === null ? {} : { expectedPrevious: trial.champion }),
        // The evidence of people's labels stands in for a gate that had too little; rejected versions are never tried.
        isForced: model?.gate?.passed !== true && model?.state === "candidate",
      });
      await endAs(trial, "promoted", reason);
    });
  }

  async function rollBack(trial: Trial, reason: string): Promise<void> {
    if ((await models.aliases())[CHAMPION] !== trial.champion) return;
    await moving(trial, async () => {
      await registry.rollback({ by: BY_TRIAL, actor: SCHEDULE, reason });
      await endRolledBack(trial);
    });
  }

  async function endRolledBack(trial: Trial): Promise<void> {
    const sentence = decisionWords(trial, "rolled_back");
    log.warning(sentence.message, fieldsOf(trial));
    await trials.end(trial.id, {
      ...{ outcome: "rolled_back", endedBy: SCHEDULE, endReason: sentence.message },
      notice: { ...sentence, href: HREF },
    });
  }

  /** Moves the champion. Where the registry refuses, because a model does not work, the trial ends with its reason. */
  async function moving(trial: Trial, move: () => Promise<void>): Promise<void> {
    try {
      await move();
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      // Someone was faster: the next turn ends the trial.
      if ((await models.aliases())[CHAMPION] !== trial.champion) return;
      await endAs(trial, "unusable", messageOf(error));
    }
  }

  return {
    async turn() {
      const aliases = await models.aliases();
      const champion = aliases[CHAMPION];
      if (champion === undefined) return;
      const challenger = aliases[CHALLENGER] ?? null;
      const [newest = null] = await models.deployments({ alias: CHAMPION, limit: 1 });
      await endOutdated(champion, challenger, newest);
      await watchPromotion(newest);
      await takeUpAlias(champion, challenger);
      await startWaiting(champion);
      for (const trial of await load()) {
        await pairLabels(trials, trial, deps.labelsOf);
        const counted = await count(trial.id);
        const decision = counted === null ? null : decisionOf(counted);
        if (counted !== null && decision !== null) await act(counted, decision);
      }
    },
  };
}

function fieldsOf({ other, champion, tally }: Trial): LogFields {
  return { model_version: other, previous_version: champion, count: tally.n };
}
