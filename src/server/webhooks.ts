import type { DriftState } from "../domain/monitoring/drift.ts";
import type { Clock } from "../lib/clock.ts";
import { UsageError } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import { type ConfiguredWebhook, createOutbox, type Outbox } from "../webhooks/outbox.ts";
import { send } from "../webhooks/send.ts";
import type { Served } from "./served.ts";

/** A shorter secret could be guessed. */
const MIN_SECRET = 16;

/** The outbox of a project. @throws UsageError naming a webhook without a secret. */
export function createProjectOutbox({ runtime, project, store }: Served): Outbox {
  const webhooks = Object.entries(project.config.server.webhooks).map(
    ([name, webhook]): ConfiguredWebhook => {
      const { url, credentials, events, allow_private } = webhook;
      const secret = project.credentials[credentials]?.secret;
      if (typeof secret !== "string" || secret.length < MIN_SECRET) {
        throw new UsageError(
          `conf/local/credentials.yml: webhook "${name}" of server.yml needs "${credentials}: { secret: ... }", a string of at least ${MIN_SECRET} characters, to sign its messages with`,
        );
      }
      return { name, url, secret, events, allowPrivate: allow_private };
    },
  );
  return createOutbox({
    ...{ store, webhooks, send },
    clock: runtime.clock,
    newId: () => `msg_${Bun.randomUUIDv7()}`,
  });
}

/** Tells webhooks of a new alarm; an error is logged. */
export async function tellOfDrift(outbox: Outbox, state: DriftState, clock: Clock, log: Log): Promise<void> {
  const { modelVersion, measures, lastCheck } = state;
  const data = {
    model_version: modelVersion,
    measures,
    predictions: lastCheck.n,
    divergences: lastCheck.divergences.map(({ measure, psi, js }) => ({ measure, psi, js })),
  };
  try {
    await outbox.add({ event: "drift.detected", at: clock.now().toISOString(), data });
  } catch (error) {
    log.error("webhooks cannot be told of drift", { error });
  }
}
