import { Gauge, type Registry } from "prom-client";
import type { ServerState } from "./server-state.ts";

/** Registers the gauges of a server's state. @returns a function that sets them. */
export function createGauges(registry: Registry): (state: ServerState) => void {
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: `tegaki_${name}`, help, labelNames, registers: [registry] });
  const champion = gauge("champion_version", "Version of the live model; 0 without a model.");
  const samples = gauge(
    "samples",
    "Stored drawings, by side of the split; negative: of none of the classes.",
    ["kind"],
  );
  const runs = gauge("runs", "Stored pipeline runs, by status.", ["status"]);
  const paused = gauge("scheduler_paused", "Whether training is paused: 1 or 0.");
  const running = gauge("scheduler_running", "Whether a run is under way: 1 or 0.");
  const fresh = gauge("scheduler_new_samples", "Labels since the last training run.");
  const threshold = gauge(
    "scheduler_new_samples_threshold",
    "Labels that start the next training run; absent when their number does not.",
  );
  const failures = gauge("scheduler_consecutive_failures", "Training runs that failed in a row.");
  const labelled = gauge(
    "labelled_predictions",
    "Labelled predictions of all time, by whether they were correct.",
    ["result"],
  );
  const drift = gauge(
    "drift_detected",
    "Whether the drawings have drifted from the live model's reference: 1 or 0.",
  );
  const psi = gauge("drift_psi", "Population stability index at the last check, by measure.", ["measure"]);

  const people = gauge("memory_people", "People whose labelled drawings are in memory.");
  const drawings = gauge("memory_drawings", "Labelled drawings in memory.");
  const bytes = gauge("memory_bytes", "Bytes of the features of the drawings in memory.");

  return (state) => {
    champion.set(state.championVersion ?? 0);
    for (const [kind, n] of Object.entries(state.samples)) samples.set({ kind }, n);
    for (const [status, n] of Object.entries(state.runs)) runs.set({ status }, n);
    const { isPaused, isRunning, newSamples, threshold: needed, failures: failed } = state.scheduler;
    paused.set(Number(isPaused));
    running.set(Number(isRunning));
    fresh.set(newSamples);
    threshold.reset();
    if (needed !== null) threshold.set(needed);
    failures.set(failed);
    const { n, correct } = state.labelled;
    labelled.set({ result: "correct" }, correct);
    labelled.set({ result: "incorrect" }, n - correct);
    people.set(state.memory.people);
    drawings.set(state.memory.drawings);
    bytes.set(state.memory.bytes);
    drift.set(Number(state.drift?.isDetected ?? false));
    psi.reset();
    for (const [measure, value] of Object.entries(state.drift?.psi ?? {})) psi.set({ measure }, value);
  };
}
