/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Replay } from "../../../src/domain/trials/replay.ts";
import type { Trial } from "../../../src/domain/trials/trial.ts";
import type { Text } from "../../i18n/text.ts";
import { OpenTrial } from "./open-trial.tsx";
import { PastTrials } from "./past-trials.tsx";
import { ReplayResults } from "./replay-results.tsx";
import { ShadowFacts, type ShadowFactsProps } from "./shadow-facts.tsx";

/** Everything of the page that changes while it is open. */
export interface TrialsLiveProps {
  text: Text;
  /** Trials that wait or run. */
  open: readonly Trial[];
  /** Ended trials, newest first. */
  past: readonly Trial[];
  /** The address of the next page of ended trials; null when there is none. */
  olderHref: string | null;
  isNewest: boolean;
  replays: readonly Replay[];
  shadow: ShadowFactsProps["shadow"];
}

/** The current trials, the replays, past trials and the counts of unseen scoring. */
export function TrialsLive({ text, open, past, olderHref, isNewest, replays, shadow }: TrialsLiveProps) {
  return (
    <div class="stack">
      {open.length === 0 ? <p class="sheet soft">{text.t("trials.none")}</p> : null}
      {open.map((trial) => (
        <OpenTrial text={text} trial={trial} />
      ))}
      <ReplayResults text={text} replays={replays} />
      <PastTrials text={text} trials={past} olderHref={olderHref} isNewest={isNewest} />
      <ShadowFacts text={text} shadow={shadow} />
    </div>
  );
}
