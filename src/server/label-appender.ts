import { DATASET } from "../domain/dataset-names.ts";
import type { Store } from "../domain/store.ts";
import { appendLabels } from "../project/appended-labels.ts";
import { systemTimers } from "../scheduler/timers.ts";
import type { Served } from "./served.ts";

/** Appends labels to a file in the background. */
export interface LabelAppender {
  /** Writes the file if samples have changed since it was last written. Must not be called again before it resolves. */
  follow(): Promise<void>;
  /** The same, without a pause: before the server stops. */
  finish(): Promise<void>;
}

/** Everything that an appender needs. */
export interface LabelAppenderDeps {
  samples: Pick<Store["samples"], "revision">;
  /** Rewrites the file from the store. */
  write(): Promise<void>;
  monotonicMs(): number;
}

/** Each write is followed by a pause of so many times its duration. */
const PAUSE = 20;

const OFF: LabelAppender = { follow: async () => {}, finish: async () => {} };

/**
 * Writes the file that `samples.append_to` of server.yml names, and returns its appender, which does nothing where there
 * is no such file.
 * @throws UsageError when the file has drawings that are not in the store.
 */
export async function openLabelAppender({ project, store, log }: Served): Promise<LabelAppender> {
  const { server, catalog } = project.config;
  const name = server.samples.append_to;
  const type = catalog[DATASET.appData]?.type;
  if (type !== "samples" && name !== DATASET.appData) {
    log.warning(
      `drawings labelled here are not trained on: ${DATASET.appData} has the type ${type} in catalog.yml. For a pickle, set samples.append_to: ${DATASET.appData} in server.yml`,
    );
  }
  if (name === null) return OFF;
  const appender = createLabelAppender({
    samples: store.samples,
    write: () => appendLabels(project, store),
    monotonicMs: systemTimers.monotonicMs,
  });
  await appender.finish();
  return appender;
}

/** Creates an appender. The labels of a burst are written together, because a write takes longer as the file grows. */
export function createLabelAppender({ samples, write, monotonicMs }: LabelAppenderDeps): LabelAppender {
  let written: string | null = null;
  let pausedUntilMs = 0;

  async function finish(): Promise<void> {
    const revision = await samples.revision();
    if (revision === written) return;
    const startedMs = monotonicMs();
    try {
      await write();
      written = revision;
    } finally {
      const nowMs = monotonicMs();
      pausedUntilMs = nowMs + PAUSE * (nowMs - startedMs);
    }
  }

  return { finish, follow: async () => (monotonicMs() < pausedUntilMs ? undefined : finish()) };
}
