import type { Deployment } from "../domain/deployment.ts";
import { verdictOf } from "../domain/gate.ts";
import type { Run } from "../domain/runs/run.ts";
import type { RunEvent } from "../domain/runs/run-event.ts";
import {
  TEST_EVENT,
  type WebhookDelivery,
  type WebhookEvent,
  type WebhookMessage,
} from "../domain/webhooks/webhook.ts";
import type { WebhookStore } from "../domain/webhooks/webhook-store.ts";
import type { Clock } from "../lib/clock.ts";
import { NotFoundError } from "../lib/errors.ts";
import type { Attempt, WebhookTarget } from "./send.ts";

/** A webhook of server.yml. */
export interface ConfiguredWebhook extends WebhookTarget {
  name: string;
  /** The events that it receives. */
  events: readonly WebhookEvent[];
}

/** The dependencies of the outbox. */
export interface OutboxDeps {
  store: {
    webhooks: WebhookStore;
    runs: {
      get(id: string): Promise<Run | null>;
      eventsAfter(seq: number): Promise<RunEvent[]>;
      latestEventSeq(): Promise<number>;
    };
    models: { deployments(query: { alias: string; limit: number }): Promise<Deployment[]> };
  };
  webhooks: readonly ConfiguredWebhook[];
  clock: Clock;
  newId(): string;
  send(target: WebhookTarget, message: { id: string; body: string }, now: Date): Promise<Attempt>;
}

/** Delivers events to webhooks. */
export interface Outbox {
  /** The configured webhooks, without their secrets: of each address, the host only. */
  webhooks: readonly Omit<ConfiguredWebhook, "secret">[];
  /** Finds what has happened since the last call, and makes the attempts that are due. Must not run twice at a time. */
  work(): Promise<void>;
  /** Adds an event that neither runs nor deployments tell of. */
  add(message: WebhookMessage): Promise<void>;
  /** Sends a test event now. @throws NotFoundError for an unknown name. @returns the delivery after its first attempt. */
  test(name: string): Promise<WebhookDelivery>;
  /** Newest first. */
  deliveries(limit: number): Promise<WebhookDelivery[]>;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Time to the next attempt after each failed one; then the delivery has failed. 9 attempts in about 28 hours. */
const DELAYS_MS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  2 * 60 * MINUTE,
  8 * 60 * MINUTE,
  17 * 60 * MINUTE,
];
/** Attempts made in one turn. */
const AT_ONCE = 20;
const NEWEST_DEPLOYMENTS = 50;

/** The host of an address: user, path and query of a chat's hook are secrets as well. */
function withoutSecrets(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}/…`;
}

/** Creates the outbox of a server. Nothing is sent, and nothing stored, without a webhook. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, webhooks, clock } = deps;

  function deliveriesOf(messages: readonly WebhookMessage[], only?: string) {
    return messages.flatMap(({ event, at, data }) =>
      webhooks
        .filter(({ name, events }) =>
          only === undefined ? event !== TEST_EVENT && events.includes(event) : name === only,
        )
        .map(({ name }) => ({
          ...{ id: deps.newId(), webhook: name, event },
          body: JSON.stringify({ type: event, timestamp: at, data }),
          createdAt: clock.now().toISOString(),
        })),
    );
  }

  /** The first time, only what happens from now on counts. */
  async function readRuns(): Promise<void> {
    const seq = await store.webhooks.cursor("run_events");
    if (seq === null) {
      const position = await store.runs.latestEventSeq();
      return store.webhooks.enqueue([], { source: "run_events", position });
    }
    const events = await store.runs.eventsAfter(seq);
    if (events.length === 0) return;
    const messages = (await Promise.all(events.map((event) => messageOfRun(event, store.runs)))).flat();
    await store.webhooks.enqueue(deliveriesOf(messages), {
      source: "run_events",
      position: events.at(-1)!.seq,
    });
  }

  async function readDeployments(): Promise<void> {
    const newest = await store.models.deployments({ alias: "champion", limit: NEWEST_DEPLOYMENTS });
    const last = newest[0]?.id ?? 0;
    const seen = await store.webhooks.cursor("deployments");
    if (seen === last) return;
    const messages =
      seen === null
        ? []
        : newest
            .filter(({ id }) => id > seen)
            .toReversed()
            .map(messageOfDeployment);
    await store.webhooks.enqueue(deliveriesOf(messages), { source: "deployments", position: last });
  }

  async function attempt(delivery: WebhookDelivery): Promise<WebhookDelivery> {
    const target = webhooks.find(({ name }) => name === delivery.webhook);
    const now = clock.now();
    const result: Attempt =
      target === undefined
        ? { isDelivered: false, status: null, error: "the webhook is no longer in server.yml" }
        : await deps.send(target, delivery, now);
    const attempts = delivery.attempts + 1;
    const delay = target === undefined ? undefined : DELAYS_MS[attempts - 1];
    const willRetry = !result.isDelivered && delay !== undefined;
    const change = {
      status: result.isDelivered
        ? ("delivered" as const)
        : willRetry
          ? ("pending" as const)
          : ("failed" as const),
      attempts,
      nextAt: willRetry ? new Date(now.getTime() + delay).toISOString() : null,
      responseStatus: result.status,
      error: result.error,
      updatedAt: now.toISOString(),
    };
    await store.webhooks.update(delivery.id, change);
    return { ...delivery, ...change };
  }

  return {
    webhooks: webhooks.map(({ secret: _, url, ...rest }) => ({ ...rest, url: withoutSecrets(url) })),
    async work() {
      if (webhooks.length === 0) return;
      await readRuns();
      await readDeployments();
      const due = await store.webhooks.due(clock.now().toISOString(), AT_ONCE);
      await Promise.all(due.map(attempt));
    },
    async add(message) {
      const deliveries = deliveriesOf([message]);
      if (deliveries.length > 0) await store.webhooks.enqueue(deliveries);
    },
    async test(name) {
      if (!webhooks.some((one) => one.name === name)) {
        throw new NotFoundError(`There is no webhook "${name}" in server.yml`);
      }
      const at = clock.now().toISOString();
      const [delivery] = deliveriesOf([{ event: TEST_EVENT, at, data: { webhook: name } }], name);
      await store.webhooks.enqueue([delivery!]);
      const stored: WebhookDelivery = {
        ...delivery!,
        ...{ status: "pending", attempts: 0, nextAt: null, responseStatus: null, error: null, updatedAt: at },
      };
      return attempt(stored);
    },
    deliveries: (limit) => store.webhooks.list(limit),
  };
}

async function messageOfRun(event: RunEvent, runs: OutboxDeps["store"]["runs"]): Promise<WebhookMessage[]> {
  const { at, runId } = event;
  if (event.type === "gate") {
    if (verdictOf(event.gate) !== "held") return [];
    const { modelVersion, gate } = event;
    const reason = gate.summary?.detail ?? null;
    return [{ event: "gate.held", at, data: { run_id: runId, model_version: modelVersion, reason } }];
  }
  if (event.type !== "run_done" && event.type !== "run_failed" && event.type !== "run_cancelled") return [];
  const run = await runs.get(runId);
  const data = {
    run_id: runId,
    pipeline: run?.pipeline ?? null,
    status: event.type.slice("run_".length),
    model_version: run?.modelVersion ?? null,
    error: run?.error ?? null,
  };
  return [{ event: "run.finished", at, data }];
}

function messageOfDeployment({
  action,
  version,
  previousVersion,
  by,
  reason,
  createdAt,
}: Deployment): WebhookMessage {
  return {
    event: action === "promote" ? "model.promoted" : "model.rolled_back",
    at: createdAt,
    data: { version, previous_version: previousVersion, by, reason },
  };
}
