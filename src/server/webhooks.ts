import { UsageError } from "../lib/errors.ts";
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
